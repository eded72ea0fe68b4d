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
    private static final LedgerEntry ENTRY = new LedgerEntry(
            Ip.parse("192.168.50.200"),
            new ServiceKey("shop", "web"),
            "8d1c",
            "lan",
            Instant.parse("2026-07-01T10:00:00Z"),
            Optional.empty());

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
        LedgerEntry six = new LedgerEntry(
                Ip.parse("fd50::200"), ENTRY.holder(), "8d1c", "lan", ENTRY.since(), Optional.of(ENTRY.since()));
        ShardId shard = ShardId.of(six.ip());

        LedgerCodec.Read read = LedgerCodec.read(shard, "7", LedgerCodec.write(List.of(six)));

        assertThat(read.problems()).isEmpty();
        assertThat(read.shard().version()).contains("7");
        assertThat(read.shard().entries()).containsExactly(Map.entry(six.ip(), six));
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
