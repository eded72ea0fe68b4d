package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who gets a new address, which, and who has to wait. */
class NewAddressTest {
    private final Cluster cluster = new Cluster();

    @Test
    void aServiceGetsTheLowestFreeAddressOfTheFirstPoolInOrderOfNames() {
        cluster.pool("b", "10.0.1.0/24").pool("a", "10.0.9.7-10.0.9.9").add(Svc.named("web"), Svc.named("api"));

        Plan plan = cluster.settle();

        assertThat(Cluster.decision(plan, "api")).isInstanceOf(Decision.Assigned.class);
        assertThat(cluster.addresses("api")).containsExactly("10.0.9.7");
        assertThat(cluster.addresses("web")).containsExactly("10.0.9.8");
        assertThat(cluster.service("web").allocatedFrom()).contains("a");
        assertThat(cluster.condition("web").allocated()).isTrue();
        assertThat(cluster.condition("web").reason()).isEqualTo("Allocated");
        assertThat(cluster.condition("web").message()).isEqualTo("10.0.9.8 from pool a");
    }

    @Test
    void theLedgerIsWrittenBeforeTheStatusAndTheStatusNeedsIt() {
        cluster.pool("lan", "10.0.0.1").add(Svc.named("web"));

        Plan plan = cluster.plan();

        ShardId shard = ShardId.parse("clarion-ledger-10.0.0.0").orElseThrow();
        assertThat(plan.ledger()).singleElement().satisfies(change -> {
            assertThat(change.id()).isEqualTo(shard);
            assertThat(change.base().version()).isEmpty();
        });
        assertThat(plan.statuses()).singleElement().satisfies(change -> {
            assertThat(change.needs()).containsExactly(shard);
            assertThat(change.note()).contains(new StatusChange.Note(false, "Allocated", "10.0.0.1 from pool lan"));
        });
        assertThat(plan.statusesAfter(java.util.Set.of())).isEmpty();
    }

    @Test
    void ourClassIsServedAndAnothersIsNotTouched() {
        cluster.pool("lan", "10.0.0.0/24")
                .add(Svc.named("ours").ofClass("clarion.dev/loadbalancer"))
                .add(Svc.named("theirs").ofClass("example.com/other").ingress("10.0.0.0"));

        cluster.settle();

        // What stands in another controller's status is in use, so it is not given out either.
        assertThat(cluster.addresses("ours")).containsExactly("10.0.0.1");
        assertThat(cluster.addresses("theirs")).containsExactly("10.0.0.0");
        assertThat(cluster.service("theirs").condition()).isEmpty();
        assertThat(cluster.reason("theirs")).isEqualTo(AllocationReason.OTHER_CLASS);
    }

    @Test
    void otherTypesGetNothing() {
        cluster.pool("lan", "10.0.0.0/24").add(Svc.named("inner").clusterIpType());

        assertThat(cluster.settle().changesNothing()).isTrue();
        assertThat(cluster.reason("inner")).isEqualTo(AllocationReason.NOT_A_LOAD_BALANCER);
    }

    @Test
    void aServiceBeingDeletedGetsNothingNew() {
        cluster.pool("lan", "10.0.0.0/24").add(Svc.named("web").deleting());

        assertThat(cluster.settle().changesNothing()).isTrue();
        assertThat(cluster.reason("web")).isEqualTo(AllocationReason.BEING_DELETED);
    }

    @Test
    void aServiceWithoutClusterIpWaits() {
        cluster.pool("lan", "10.0.0.0/24").add(Svc.named("web").families(FamilyPolicy.SINGLE_STACK));

        cluster.settle();

        assertThat(cluster.reason("web")).isEqualTo(AllocationReason.NO_CLUSTER_IP);
        assertThat(cluster.condition("web").allocated()).isFalse();
    }

    @Test
    void withoutAnyPoolItWaitsAndIsToldSo() {
        cluster.add(Svc.named("web"));

        Plan plan = cluster.settle();

        assertThat(cluster.reason("web")).isEqualTo(AllocationReason.NO_POOLS);
        assertThat(plan.statuses().getFirst().note().orElseThrow().warning()).isTrue();
        assertThat(plan.statuses().getFirst().ingress()).isEmpty();
    }

    @Test
    void aPoolThatIsFullIsPassedOver() {
        cluster.pool("a", "10.0.0.1").pool("b", "10.0.1.1").add(Svc.named("s1"), Svc.named("s2"));

        cluster.settle();

        assertThat(cluster.addresses("s2")).containsExactly("10.0.1.1");
    }

    @Test
    void whoGetsNothingHearsWhatEachPoolSaid() {
        cluster.pool("a", "10.0.0.1")
                .pool("b", "fd00::/120")
                .poolOnRequest("c", "10.0.3.0/24")
                .add(Svc.named("s1"), Svc.named("s2"));

        cluster.settle();

        assertThat(cluster.decision("s2")).isInstanceOfSatisfying(Decision.Waiting.class, waiting -> {
            assertThat(waiting.reason()).isEqualTo(AllocationReason.NO_FREE_ADDRESS);
            assertThat(waiting.refusals())
                    .containsExactly(
                            new PoolRefusal("a", IpFamily.IPV4, PoolRefusal.Verdict.FULL),
                            new PoolRefusal("b", IpFamily.IPV4, PoolRefusal.Verdict.NO_SUCH_FAMILY),
                            new PoolRefusal("c", IpFamily.IPV4, PoolRefusal.Verdict.NOT_AUTO_ASSIGNED));
        });
        assertThat(cluster.condition("s2").message())
                .isEqualTo("no IPv4 address to be had: pool a has no free IPv4 address, pool b has no IPv4 addresses,"
                        + " pool c is not assigned automatically");
    }

    @Test
    void aMessageDoesNotGrowWithTheNumberOfPools() {
        for (int i = 0; i < 50; i++) {
            cluster.pool("p" + (100 + i), "fd00:" + i + "::/120");
        }
        cluster.add(Svc.named("web")).settle();

        assertThat(cluster.condition("web").message()).contains("and 42 more").hasSizeLessThan(500);
    }

    @Test
    void aHugePoolCostsNothing() {
        cluster.pool("six", "fd00::/64").pool("four", "10.0.0.0/8");
        cluster.add(Svc.named("web").families(FamilyPolicy.REQUIRE_DUAL_STACK, IpFamily.IPV6, IpFamily.IPV4));

        cluster.settle();

        assertThat(cluster.addresses("web")).containsExactly("fd00::", "10.0.0.0");
    }

    @Test
    void dualStackTakesBothFamiliesFromOnePoolWhereItCan() {
        cluster.pool("a", "10.0.0.0/24").pool("b", "10.0.1.0/24", "fd00::/120");
        cluster.add(Svc.named("web").families(FamilyPolicy.PREFER_DUAL_STACK, IpFamily.IPV4, IpFamily.IPV6));

        cluster.settle();

        assertThat(cluster.addresses("web")).containsExactly("10.0.1.0", "fd00::");
        assertThat(cluster.service("web").allocatedFrom()).contains("b");
    }

    @Test
    void dualStackTakesTheFamiliesFromTwoPoolsWhereItMust() {
        cluster.pool("a", "10.0.0.0/24").pool("b", "fd00::/120");
        cluster.add(Svc.named("web").families(FamilyPolicy.REQUIRE_DUAL_STACK, IpFamily.IPV4, IpFamily.IPV6));

        cluster.settle();

        assertThat(cluster.addresses("web")).containsExactly("10.0.0.0", "fd00::");
        assertThat(cluster.service("web").allocatedFrom()).contains("a,b");
    }

    @Test
    void whoPrefersDualStackMakesDoWithOneFamilyAndGetsTheOtherWhenItCan() {
        cluster.pool("a", "10.0.0.0/24");
        cluster.add(Svc.named("web").families(FamilyPolicy.PREFER_DUAL_STACK, IpFamily.IPV4, IpFamily.IPV6));
        cluster.settle();

        assertThat(cluster.addresses("web")).containsExactly("10.0.0.0");
        assertThat(cluster.reason("web")).isEqualTo(AllocationReason.ALLOCATED_ONE_FAMILY);
        assertThat(cluster.condition("web").allocated()).isTrue();

        cluster.pool("z", "fd00::/120").settle();

        assertThat(cluster.addresses("web")).containsExactly("10.0.0.0", "fd00::");
        assertThat(cluster.reason("web")).isEqualTo(AllocationReason.ALLOCATED);
    }

    @Test
    void whoRequiresDualStackGetsBothFamiliesOrNone() {
        cluster.pool("a", "10.0.0.0/24");
        cluster.add(Svc.named("web").families(FamilyPolicy.REQUIRE_DUAL_STACK, IpFamily.IPV4, IpFamily.IPV6));
        cluster.settle();

        assertThat(cluster.addresses("web")).isEmpty();
        assertThat(cluster.held("web")).isEmpty();
        assertThat(cluster.reason("web")).isEqualTo(AllocationReason.NO_FREE_ADDRESS);

        cluster.pool("z", "fd00::/120").settle();

        assertThat(cluster.addresses("web")).containsExactly("10.0.0.0", "fd00::");
    }

    @Test
    void theSecondFamilyComesFromThePoolOfTheFirst() {
        cluster.pool("b", "10.0.0.0/24");
        cluster.add(Svc.named("web").families(FamilyPolicy.SINGLE_STACK, IpFamily.IPV4))
                .settle();

        cluster.pool("a", "fd0a::/120").pool("b", "10.0.0.0/24", "fd0b::/120");
        cluster.change("web", web -> web.families(FamilyPolicy.PREFER_DUAL_STACK, IpFamily.IPV4, IpFamily.IPV6));
        cluster.settle();

        assertThat(cluster.addresses("web")).containsExactly("10.0.0.0", "fd0b::");
    }

    @Test
    void whoWaitsLongestIsServedFirst() {
        cluster.pool("lan", "10.0.0.1");
        cluster.add(Svc.named("holder")).settle();
        cluster.later(Duration.ofMinutes(1))
                .add(Svc.named("zeta").created(cluster.now()))
                .settle();
        cluster.later(Duration.ofMinutes(1))
                .add(Svc.named("alpha").created(cluster.now()))
                .settle();
        assertThat(cluster.condition("zeta").allocated()).isFalse();

        cluster.later(Duration.ofMinutes(1)).delete("holder").settle();
        cluster.later(Duration.ofMinutes(1)).settle();

        assertThat(cluster.addresses("zeta")).containsExactly("10.0.0.1");
        assertThat(cluster.addresses("alpha")).isEmpty();
    }

    @Test
    void theTimeOfWaitingIsThatOfTheConditionAndNotThatOfCreation() {
        // Created first, but it had an address until later than the other began to wait.
        cluster.pool("lan", "10.0.0.1", "10.0.0.2")
                .add(Svc.named("old"), Svc.named("holder"))
                .settle();
        cluster.later(Duration.ofMinutes(1))
                .add(Svc.named("young").created(cluster.now()))
                .settle();
        cluster.later(Duration.ofMinutes(1)).change("old", Svc::clusterIpType).settle();
        cluster.later(Duration.ofMinutes(1)).settle();
        assertThat(cluster.addresses("young")).isNotEmpty();
        cluster.add(Svc.named("third").created(cluster.now())).settle();
        cluster.later(Duration.ofMinutes(1))
                .change("old", old -> old.ingress().type(true))
                .settle();
        assertThat(cluster.condition("old").allocated()).isFalse();

        cluster.later(Duration.ofMinutes(1)).delete("holder").settle();
        cluster.later(Duration.ofMinutes(1)).settle();

        assertThat(cluster.addresses("third")).isNotEmpty();
        assertThat(cluster.addresses("old")).isEmpty();
    }

    @Test
    void thePlanIsTheSameInWhateverOrderServicesAreHeardOf() {
        cluster.pool("lan", "10.0.0.1-10.0.0.2").add(Svc.named("s1"), Svc.named("s2"), Svc.named("s3"));
        ClusterView view = cluster.view();
        ClusterView reversed =
                new ClusterView(view.config(), view.ourClass(), view.services().reversed());

        assertThat(Planner.plan(reversed, Ledger.EMPTY, cluster.now()))
                .isEqualTo(Planner.plan(view, Ledger.EMPTY, cluster.now()));
        assertThat(cluster.plan().wakeAt()).isEqualTo(Optional.empty());
    }
}
