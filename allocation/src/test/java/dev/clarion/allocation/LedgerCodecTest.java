package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger as people see it. */
class LedgerCodecTest {
    private static final Instant TEN = Instant.parse("2026-07-01T10:00:00Z");
    private static final LedgerEntry.Held ENTRY = LedgerEntry.Held.by(
            Ip.parse("192.168.50.200"),
            "lan",
            new Holder(new ServiceKey("shop", "web"), "8d1c", TEN, Optional.empty(), Optional.empty()));

    @Test
    void anEntryIsOneLineThatAPersonCanRead() {
        assertThat(LedgerCodec.write(List.of(ENTRY)))
                .containsExactly(Map.entry(
                        "192.168.50.200",
                        "{\"ip\":\"192.168.50.200\",\"holder\":\"shop/web\",\"uid\":\"8d1c\",\"pool\":\"lan\","
                                + "\"since\":\"2026-07-01T10:00:00Z\"}"));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        LedgerEntry six = LedgerEntry.Held.by(
                Ip.parse("fd50::200"), "lan", ENTRY.holders().getFirst().confirmedAt(TEN));
        ShardId shard = ShardId.of(six.ip());

        LedgerCodec.Read read = LedgerCodec.read(shard, "7", LedgerCodec.write(List.of(six)));

        assertThat(read.problems()).isEmpty();
        assertThat(read.shard().version()).contains("7");
        assertThat(read.shard().entries()).containsExactly(Map.entry(six.ip(), six));
    }

    @Test
    void whatOneWhoSharesHasIsReadBackAndSoIsWhatRests() {
        LedgerEntry shared = new LedgerEntry.Held(
                Ip.parse("192.168.50.201"), "lan", List.of(sharer("a", "TCP/80", "UDP/53"), sharer("b", "TCP/443")));
        LedgerEntry alone = LedgerEntry.Held.by(Ip.parse("192.168.50.202"), "lan", sharer("c", "TCP/443"));
        LedgerEntry resting =
                new LedgerEntry.Resting(Ip.parse("192.168.50.203"), "lan", new ServiceKey("shop", "old"), TEN);

        Map<String, String> data = LedgerCodec.write(List.of(shared, alone, resting));
        LedgerCodec.Read read = LedgerCodec.read(ShardId.of(shared.ip()), "7", data);

        assertThat(read.problems()).isEmpty();
        assertThat(read.shard().entries().values()).containsExactly(shared, alone, resting);
        assertThat(data.get("192.168.50.203"))
                .isEqualTo("{\"ip\":\"192.168.50.203\",\"pool\":\"lan\",\"released\":\"2026-07-01T10:00:00Z\","
                        + "\"last\":\"shop/old\"}");
        assertThat(data.get("192.168.50.201"))
                .startsWith(
                        "{\"ip\":\"192.168.50.201\",\"pool\":\"lan\",\"holders\":[{\"holder\":\"shop/a\",\"uid\":\"a\","
                                + "\"since\":\"2026-07-01T10:00:00Z\",\"sharing\":{\"key\":\"k\",\"ports\":[\"TCP/80\",\"UDP/53\"],"
                                + "\"backend\":\"app=web\",\"namespaces\":[\"other\"]}},{");
    }

    private static Holder sharer(String name, String... ports) {
        return new Holder(
                new ServiceKey("shop", name),
                name,
                TEN,
                Optional.empty(),
                Optional.of(new SharingTerms("k", Svc.ports(ports), "app=web", List.of("other"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "{",
                "{\"ip\":\"192.168.50.201\"}",
                "{\"ip\":\"192.168.50.201\",\"holder\":\"noslash\",\"uid\":\"u\",\"pool\":\"p\",\"since\":\"2026-07-01T10:00:00Z\"}",
                "{\"ip\":\"192.168.50.201\",\"holder\":\"a/b\",\"uid\":\"u\",\"pool\":\"p\",\"since\":\"yesterday\"}",
                "{\"ip\":\"192.168.50.201\",\"pool\":\"p\",\"holders\":[]}",
                "{\"ip\":\"192.168.50.201\",\"pool\":\"p\",\"holders\":[[{}],7,{\"holder\":\"a/b\"}]}",
                "{\"ip\":\"192.168.50.201\",\"pool\":\"p\",\"released\":\"2026-07-01T10:00:00Z\"}",
                "{\"ip\":\"192.168.50.201\",\"holder\":\"a/b\",\"uid\":\"u\",\"pool\":\"p\",\"since\":\"2026-07-01T10:00:00Z\",\"sharing\":{\"key\":\"k\",\"ports\":[\"http\"]}}",
                "{\"ip\":\"10.0.0.1\",\"holder\":\"a/b\",\"uid\":\"u\",\"pool\":\"p\",\"since\":\"2026-07-01T10:00:00Z\"}",
            })
    void anEntryThatPeopleDamagedIsLeftOutAndReportedAndTheOthersStay(String damaged) {
        Map<String, String> data = new TreeMap<>(LedgerCodec.write(List.of(ENTRY)));
        data.put("192.168.50.201", damaged);

        LedgerCodec.Read read = LedgerCodec.read(ShardId.of(ENTRY.ip()), "7", data);

        assertThat(read.shard().entries()).containsOnlyKeys(ENTRY.ip());
        assertThat(read.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("192.168.50.201"));
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.50.219, clarion-ledger-192.168.50.0",
        "203.0.113.0, clarion-ledger-203.0.113.0",
        "fd50::219, clarion-ledger-fd50.0.0.0.0.0.0.200",
        "2001:db8:113::ff, clarion-ledger-2001.db8.113.0.0.0.0.0",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, clarion-ledger-ffff.ffff.ffff.ffff.ffff.ffff.ffff.ff00",
    })
    void aShardIsNamedAfterItsNetwork(String ip, String name) {
        ShardId shard = ShardId.of(Ip.parse(ip));

        assertThat(shard.name()).isEqualTo(name);
        assertThat(ShardId.parse(name)).contains(shard);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clarion",
                "clarion-effective",
                "clarion-ledger-",
                "clarion-ledger-192.168.50.1",
                "clarion-ledger-192.168.50",
                "clarion-ledger-fd50.0.0.0.0.0.0.201",
                "clarion-ledger-fd50.0.0.0.0.0.00.200",
            })
    void otherNamesAreNoShards(String name) {
        assertThat(ShardId.parse(name)).isEmpty();
    }
}
