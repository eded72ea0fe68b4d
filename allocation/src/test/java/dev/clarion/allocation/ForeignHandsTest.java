package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others did to Services, statuses and the ledger. */
class ForeignHandsTest {
    private static final Ip TEN = Ip.parse("10.0.0.10");

    private final Cluster cluster = new Cluster();

    @BeforeEach
    void pool() {
        cluster.pool("lan", "10.0.0.10-10.0.0.19");
    }

    private void shard(Map<String, String> data) {
        ShardId id = ShardId.of(TEN);
        cluster.ledger(Ledger.of(List.of(LedgerCodec.read(id, "999", data).shard())));
    }

    private Map<String, String> data() {
        return new TreeMap<>(LedgerCodec.write(cluster.ledger().entries().toList()));
    }

    /** While MetalLB runs, nothing is touched. */
    @Test
    void classlessServicesAreLeftToMetalLbAndOursAreServed() {
        cluster.metalLb(true)
                .add(Svc.named("classless"), Svc.named("shown").ingress("10.0.0.10"))
                .add(Svc.named("ours").ofClass("clarion.dev/loadbalancer"))
                .settle();

        assertThat(cluster.reason("classless")).isEqualTo(AllocationReason.METALLB_PRESENT);
        assertThat(cluster.service("classless").condition()).isEmpty();
        assertThat(cluster.addresses("shown")).containsExactly("10.0.0.10");
        assertThat(cluster.addresses("ours")).containsExactly("10.0.0.11");

        cluster.metalLb(false).settle();
        assertThat(cluster.held("shown")).containsExactly("10.0.0.10");
        assertThat(cluster.addresses("classless")).containsExactly("10.0.0.12");
    }

    @Test
    void whatWeHadBeforeMetalLbCameIsNotTouchedEither() {
        cluster.add(Svc.named("a")).settle();
        cluster.metalLb(true);

        assertThat(cluster.settle().changesNothing()).isTrue();
    }

    /** A Service that goes to another's class: what is ours is taken out, what the other wrote stays. */
    @Test
    void aServiceOfAnotherClassKeepsOnlyWhatTheOtherWrote() {
        cluster.add(Svc.named("a")).settle();
        cluster.later(Duration.ofHours(1))
                .change("a", a -> a.ofClass("example.com/other").ingress("10.0.0.10", "192.0.2.1"))
                .settle();

        assertThat(cluster.addresses("a")).containsExactly("192.0.2.1");
        assertThat(cluster.service("a").condition()).isEmpty();
        assertThat(cluster.service("a").allocatedFrom()).isEmpty();
        assertThat(cluster.held("a")).isEmpty();
        assertThat(cluster.entry("10.0.0.10")).isInstanceOf(LedgerEntry.Resting.class);
    }

    /** It went to another's class while its entry was lost: our mark and our pools tell what is ours. */
    @Test
    void aServiceOfAnotherClassDoesNotKeepWhatTheLedgerForgot() {
        cluster.add(Svc.named("a")).settle();
        cluster.later(Duration.ofHours(1))
                .loseLedger()
                .change("a", a -> a.ofClass("example.com/other").ingress("10.0.0.10", "192.0.2.1"))
                .settle();

        assertThat(cluster.addresses("a")).containsExactly("192.0.2.1");
        assertThat(cluster.service("a").allocatedFrom()).isEmpty();
    }

    /** Without our mark, nothing of another's status is ours, whatever our pools hold. */
    @Test
    void whatAnotherWroteIntoAStatusOfItsClassStaysEvenFromOurPools() {
        cluster.add(Svc.named("a").ofClass("example.com/other").ingress("10.0.0.10"));

        assertThat(cluster.settle().changesNothing()).isTrue();
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
    }

    /** Row "With --lb-class set, changing a Service from LoadBalancer to another type": the address is freed. */
    @Test
    void aServiceOfOurClassThatChangesItsTypeGivesItsAddressBack() {
        cluster.add(Svc.named("a").ofClass("clarion.dev/loadbalancer")).settle();
        cluster.later(Duration.ofHours(1))
                .change(
                        "a",
                        a -> Svc.of(a.clusterIpType().ingress().view().toBuilder()
                                .loadBalancerClass(Optional.empty())
                                .build()))
                .settle();

        assertThat(cluster.held("a")).isEmpty();
    }

    @Test
    void anEntryThatCannotBeReadIsReportedAndComesBackFromTheStatus() {
        cluster.add(Svc.named("a"), Svc.named("b")).settle();
        Map<String, String> data = data();
        data.put("10.0.0.10", "{\"ip\":\"10.0.0.10\"");
        shard(data);

        Plan plan = cluster.settle();

        assertThat(plan.problems()).singleElement().asString().contains("10.0.0.10 cannot be read");
        assertThat(Cluster.decision(plan, "a")).isInstanceOf(Decision.Adopted.class);
        assertThat(cluster.held("a")).containsExactly("10.0.0.10");
        assertThat(cluster.plan().problems()).isEmpty();
    }

    @Test
    void anEntryGivenToOneWhoDoesNotExistGoesBackToTheOneThatShowsIt() {
        cluster.add(Svc.named("a")).settle();
        Map<String, String> data = data();
        data.replaceAll((key, line) -> line.replace("shop/a", "shop/nobody"));
        shard(data);

        Plan plan = cluster.settle();

        assertThat(plan.statuses()).as("no flapping").isEmpty();
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.holders("10.0.0.10")).containsExactly("shop/a");
    }

    @Test
    void anEntryWithAnotherUidGoesBackToTheOneThatShowsIt() {
        cluster.add(Svc.named("a")).settle();
        Map<String, String> data = data();
        data.replaceAll((key, line) -> line.replace("uid-a", "uid-b"));
        shard(data);

        cluster.settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.holders("10.0.0.10")).containsExactly("shop/a");
    }

    @Test
    void anEntryGivenToAnotherServiceIsNotShownByItWhileTheFirstShowsIt() {
        cluster.add(Svc.named("a")).settle();
        cluster.add(Svc.named("b")).settle();
        Map<String, String> data = data();
        data.computeIfPresent(
                "10.0.0.10", (key, line) -> line.replace("-a\"", "-b\"").replace("shop/a", "shop/b"));
        shard(data);

        cluster.settle();
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.11");

        cluster.later(Duration.ofMinutes(2)).settle();
        assertThat(cluster.holders("10.0.0.10")).containsExactly("shop/a");
    }

    @Test
    void twoHoldersThatMayNotShareAreReadAsTheFirst() {
        cluster.add(Svc.named("a")).settle();
        cluster.add(Svc.named("b")).settle();
        Map<String, String> data = data();
        String holders = "\"holders\":[{\"holder\":\"shop/b\",\"uid\":\"uid-b\",\"since\":\"2026-07-01T10:00:01Z\"},"
                + "{\"holder\":\"shop/a\",\"uid\":\"uid-a\",\"since\":\"2026-07-01T10:00:00Z\"}]";
        data.put("10.0.0.10", "{\"ip\":\"10.0.0.10\",\"pool\":\"lan\"," + holders + "}");
        shard(data);

        assertThat(cluster.plan().problems())
                .singleElement()
                .asString()
                .contains("the holder shop/b of 10.0.0.10 is left out");
        assertThat(cluster.settle().statuses()).isEmpty();
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.11");
    }

    /** The ledger is lost, and its pool was cut before: what we ourselves wrote into the status is still believed. */
    @Test
    void anAddressOutsideThePoolsSurvivesTheLossOfTheLedger() {
        cluster.add(Svc.named("a")).settle();
        cluster.pool("lan", "10.0.0.11-10.0.0.19").loseLedger().settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.held("a")).containsExactly("10.0.0.10");
        assertThat(cluster.reason("a")).isEqualTo(AllocationReason.ADDRESS_OUTSIDE_POOLS);
    }

    /** What we once wrote and another rightfully has is no foreign hand's work: it is replaced. */
    @Test
    void ofTwoThatShowOneAddressOfOursTheOneWithoutEntryGetsAnother() {
        cluster.add(Svc.named("a")).settle();
        cluster.add(Svc.named("b")).settle();
        Map<String, String> data = data();
        data.remove("10.0.0.11");
        shard(data);
        cluster.change("b", b -> b.ingress("10.0.0.10")).settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.11");
    }

    @Test
    void anAddressOfAMetalLbStatusInAPoolNotForTheServiceIsAdoptedAndMarked() {
        cluster.pool(PoolSpec.named("red", "10.0.5.0/24").forNamespaces(0, "red"))
                .add(Svc.named("a").ingress("10.0.5.5"))
                .settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.5.5");
        assertThat(cluster.held("a")).containsExactly("10.0.5.5");
        assertThat(cluster.reason("a")).isEqualTo(AllocationReason.ADDRESS_NOT_FOR_SERVICE);
    }
}
