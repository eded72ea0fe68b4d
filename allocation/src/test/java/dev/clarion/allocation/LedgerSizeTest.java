package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every shard of the ledger fits into one object of the API server (1 MiB), whatever those who share do. */
class LedgerSizeTest {
    private static final int OBJECT = 1 << 20;
    /** What the API server adds of its own. */
    private static final int METADATA = 10_000;

    private static int bytes(Map<String, String> data) {
        return data.entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private static String[] ports(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(port -> "TCP/" + port)
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "a\u0001\u0002\"\\", "\u20ac\u00e4", "\ud83d\ude00"})
    void aHolderIsNeverCountedForLessThanItTakes(String key) {
        SharingTerms terms = new SharingTerms(
                key.repeat(50), Svc.ports(ports(60_000, 200)), key.repeat(30), List.of("blue", "green"));
        Holder holder = new Holder(
                ServiceKey.parse("shop/a"),
                "8d1c9f9e-2c1f-4d57-9c6b-0d2c0f4b8a11",
                Instant.parse("2026-07-01T10:00:00.123Z"),
                Optional.of(Instant.parse("2026-07-01T10:00:00.456Z")),
                Optional.of(terms));
        LedgerEntry.Held one = LedgerEntry.Held.by(Ip.parse("10.0.0.1"), "lan", holder);
        LedgerEntry.Held none = LedgerEntry.Held.by(
                Ip.parse("10.0.0.1"),
                "lan",
                new Holder(ServiceKey.parse("a/a"), "1", Instant.EPOCH, Optional.empty(), Optional.empty()));

        assertThat(Holder.size(holder.service(), holder.uid(), holder.terms()))
                .isGreaterThanOrEqualTo(
                        bytes(LedgerCodec.write(List.of(one))) - bytes(LedgerCodec.write(List.of(none))));
    }

    /** They keep their address on the terms that the ledger knows, and nobody is added there meanwhile. */
    @Test
    void thoseWhoShareCannotOutgrowItByEdits() {
        Cluster cluster = new Cluster().pool("lan", "10.0.0.0/24");
        for (int i = 0; i < 200; i++) {
            cluster.add(Svc.named("s" + i).shares("k" + i, ports(1, 10)));
        }
        cluster.settle();
        for (int i = 0; i < 200; i++) {
            cluster.change("s" + i, svc -> svc.shares("grown", ports(1, 600)));
        }
        cluster.settle();

        assertThat(IntStream.range(0, 200)
                        .filter(i -> cluster.addresses("s" + i).size() == 1)
                        .count())
                .isEqualTo(200);
        assertThat(IntStream.range(0, 200)
                        .filter(i -> cluster.condition("s" + i).message().contains("no room")))
                .isNotEmpty();
        int size = cluster.ledger().shards().stream()
                .mapToInt(shard -> bytes(LedgerCodec.write(shard.entries().values())))
                .sum();
        assertThat(size).isLessThan(OBJECT - METADATA);
    }

    /** Those who came too late wait and say why; who shares with nobody is served all the same. */
    @Test
    void aFullShardTakesNobodyElseWhoShares() {
        Cluster cluster = new Cluster().pool("lan", "10.0.0.0/24");
        for (int i = 0; i < 700; i++) {
            cluster.add(Svc.named("s" + i).shares("k" + i % 100, ports(1 + 200 * (i / 100), 100)));
        }
        cluster.settle();
        cluster.add(Svc.named("plain")).settle();

        long waiting = IntStream.range(0, 700)
                .filter(i -> cluster.reason("s" + i) == AllocationReason.LEDGER_FULL)
                .count();
        assertThat(waiting).isPositive();
        assertThat(IntStream.range(0, 700)
                        .filter(i -> cluster.addresses("s" + i).size() == 1)
                        .count())
                .isEqualTo(700 - waiting)
                .isGreaterThan(300);
        assertThat(cluster.addresses("plain")).hasSize(1);
        int size = cluster.ledger().shards().stream()
                .mapToInt(shard -> bytes(LedgerCodec.write(shard.entries().values())))
                .sum();
        assertThat(size).isLessThan(OBJECT - METADATA).isGreaterThan(SharingRoom.MOST / 2);
    }
}
