package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** When an address that was given back is given out again, and to whom (mistake 6 of the inventory). */
class RestTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Cluster cluster = new Cluster();

    private String address(String name) {
        cluster.add(Svc.named(name).created(cluster.now())).settle();
        return String.join(",", cluster.addresses(name));
    }

    @Test
    void whatNobodyHadComesFirstThenWhatWasReleasedLongestAgo() {
        cluster.pool("lan", "10.0.0.1-10.0.0.4");
        assertThat(address("a")).isEqualTo("10.0.0.1");
        assertThat(address("b")).isEqualTo("10.0.0.2");
        assertThat(address("c")).isEqualTo("10.0.0.3");
        cluster.delete("b").settle();
        cluster.later(MINUTE).delete("a").settle();
        cluster.later(MINUTE.multipliedBy(5)).settle();

        assertThat(address("d")).isEqualTo("10.0.0.4");
        assertThat(address("e")).isEqualTo("10.0.0.2");
        assertThat(address("f")).isEqualTo("10.0.0.1");
    }

    @Test
    void anAddressRestsBeforeAnotherServiceGetsIt() {
        cluster.pool(PoolSpec.named("lan", "10.0.0.1").coolDown(Duration.ofMinutes(10)));
        address("a");
        cluster.delete("a").settle();
        Instant due = cluster.now().plus(Duration.ofMinutes(10));

        assertThat(address("b")).isEmpty();
        assertThat(cluster.decision("b"))
                .isInstanceOfSatisfying(
                        Decision.Waiting.class,
                        waiting -> assertThat(waiting.refusals())
                                .singleElement()
                                .satisfies(refusal ->
                                        assertThat(refusal.verdict()).isEqualTo(PoolRefusal.Verdict.RESTING)));
        assertThat(cluster.plan().wakeAt()).contains(due);

        cluster.later(Duration.ofMinutes(10).minusMillis(1)).settle();
        assertThat(cluster.addresses("b")).isEmpty();
        cluster.later(Duration.ofMillis(1)).settle();
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.1");
    }

    @Test
    void withoutCoolDownItIsThereAtOnce() {
        cluster.pool(PoolSpec.named("lan", "10.0.0.1").coolDown(Duration.ZERO));
        address("a");
        cluster.delete("a").settle();

        assertThat(address("b")).isEqualTo("10.0.0.1");
    }

    @Test
    void aServiceOfTheSameNameHasItBackAtOnce() {
        cluster.pool("lan", "10.0.0.1-10.0.0.9");
        address("a");
        address("b");
        cluster.delete("b").settle();

        cluster.add(Svc.named("b").uid("another")).settle();
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.2");
    }

    @Test
    void anAddressIsRetainedForItsNameAndNobodyElseGetsIt() {
        cluster.pool(PoolSpec.named("lan", "10.0.0.1").retention(Duration.ofDays(7)));
        address("a");
        cluster.delete("a").settle();
        cluster.later(Duration.ofDays(6));

        cluster.add(Svc.named("thief").asking("10.0.0.1")).settle();
        assertThat(cluster.reason("thief")).isEqualTo(AllocationReason.REQUESTED_ADDRESS_RETAINED);
        assertThat(cluster.condition("thief").message()).contains("was shop/a's until");
        assertThat(cluster.plan().wakeAt()).contains(cluster.now().plus(Duration.ofDays(1)));

        cluster.add(Svc.named("a").uid("another")).settle();
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.1");
    }

    @Test
    void whatALivingServiceLeftForAnotherIsNotRetainedForIt() {
        cluster.pool(PoolSpec.named("lan", "10.0.0.1-10.0.0.2").retention(Duration.ofDays(7)));
        address("a");
        cluster.later(MINUTE).change("a", a -> a.asking("10.0.0.2")).settle();
        cluster.later(MINUTE).settle();
        assertThat(cluster.held("a")).containsExactly("10.0.0.2");
        assertThat(PoolUsage.of(cluster.view().config(), cluster.ledger(), cluster.now()))
                .singleElement()
                .satisfies(usage -> assertThat(usage.retained()).isZero());

        cluster.later(MINUTE);
        assertThat(address("b")).isEqualTo("10.0.0.1");
    }

    @Test
    void whoAsksForAnAddressThatRestsWaitsForIt() {
        cluster.pool("lan", "10.0.0.1-10.0.0.9");
        address("a");
        cluster.delete("a").settle();
        cluster.add(Svc.named("b").asking("10.0.0.1")).settle();

        assertThat(cluster.reason("b")).isEqualTo(AllocationReason.REQUESTED_ADDRESS_RESTING);
        assertThat(cluster.plan().wakeAt()).contains(cluster.now().plus(MINUTE));

        cluster.later(MINUTE).settle();
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.1");
    }

    @Test
    void whoWaitsIsNotWrittenToEachTimeThatAnAddressGoesToRest() {
        cluster.pool("lan", "10.0.0.1-10.0.0.2");
        address("a");
        address("b");
        assertThat(address("c")).isEmpty();
        String told = cluster.condition("c").message();

        Plan plan = cluster.delete("a").settle();

        assertThat(plan.statuses()).isEmpty();
        assertThat(cluster.condition("c").message()).isEqualTo(told);
    }

    @Test
    void theMemoryIsBoundedAndWhatWasReleasedFirstIsForgottenFirst() {
        cluster.pool("lan", "10.0.0.0/16");
        ClusterView view = cluster.view();
        Ledger most = resting(Remembered.MOST + Remembered.SLACK);
        Ledger tooMany = resting(Remembered.MOST + Remembered.SLACK + 1);
        Instant now = Cluster.START.plus(Duration.ofDays(1));

        assertThat(Planner.plan(view, most, now).changesNothing()).isTrue();
        List<Ip> forgotten = Planner.plan(view, tooMany, now).ledger().stream()
                .flatMap(change -> change.forgotten().stream())
                .toList();
        assertThat(forgotten).hasSize(Remembered.SLACK + 1).contains(Ip.parse("10.0.0.0"), Ip.parse("10.0.0.100"));
        assertThat(Planner.plan(view, tooMany, Cluster.START).changesNothing())
                .as("what rests is not forgotten so soon")
                .isTrue();
    }

    @Test
    void whatLiesInNoPoolAnyMoreIsForgotten() {
        cluster.pool("lan", "10.0.0.1-10.0.0.9");
        address("a");
        cluster.delete("a").settle();
        assertThat(cluster.entry("10.0.0.1")).isInstanceOf(LedgerEntry.Resting.class);

        cluster.pool("lan", "10.0.0.2-10.0.0.9").settle();

        assertThat(cluster.ledger().entries()).isEmpty();
    }

    private static Ledger resting(int count) {
        NavigableMap<ShardId, NavigableMap<Ip, LedgerEntry>> shards = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Ip ip = Ip.ofV4((10 << 24) + i);
            shards.computeIfAbsent(ShardId.of(ip), id -> new TreeMap<>())
                    .put(
                            ip,
                            new LedgerEntry.Resting(
                                    ip, "lan", new ServiceKey("shop", "old" + i), Cluster.START.plusMillis(i)));
        }
        List<Ledger.Shard> list = new ArrayList<>();
        shards.forEach((id, entries) -> list.add(new Ledger.Shard(id, Optional.of("1"), entries)));
        return Ledger.of(list);
    }
}
