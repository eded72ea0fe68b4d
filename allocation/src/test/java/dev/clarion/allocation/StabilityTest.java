package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.config.ServiceAnnotation;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an edit of pools, reservations or the Service does to an address in use (metallb-inventory 2.1, "Pool edits"). */
class StabilityTest {
    private final Cluster cluster = new Cluster();

    @BeforeEach
    void oneService() {
        cluster.pool("lan", "10.0.0.10-10.0.0.19").add(Svc.named("a")).settle();
        cluster.later(Duration.ofMinutes(5));
    }

    private void keeps(AllocationReason reason) {
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.held("a")).containsExactly("10.0.0.10");
        assertThat(cluster.reason("a")).isEqualTo(reason);
        assertThat(cluster.condition("a").allocated()).isTrue();
    }

    /** Row "grow". */
    @Test
    void aPoolThatGrowsMovesNobodyAndServesWhoWaits() {
        cluster.pool("lan", "10.0.0.10").add(Svc.named("b")).settle();
        cluster.pool("lan", "10.0.0.9-10.0.0.19").settle();

        keeps(AllocationReason.ALLOCATED);
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.9");
    }

    /** Row "shrink/remove so that an address falls outside" and mistake 3, with {@code onRemoval: move}. */
    @Test
    void anAddressThatLeftAPoolThatMovesIsReplacedInOnePatch() {
        cluster.pool(PoolSpec.named("lan", "10.0.0.11-10.0.0.19").moves());
        Plan plan = cluster.settle();

        assertThat(Cluster.decision(plan, "a")).isInstanceOf(Decision.Assigned.class);
        assertThat(plan.statuses()).hasSize(1);
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.11");
        assertThat(cluster.condition("a").reason()).isEqualTo("Allocated");
    }

    @Test
    void itStaysWhereItIsUntilThereIsAnother() {
        cluster.pool(PoolSpec.named("lan", "fd00::/120").moves()).settle();

        keeps(AllocationReason.ADDRESS_OUTSIDE_POOLS);
        assertThat(cluster.condition("a").message()).contains("in no pool: 10.0.0.10, to be moved; no IPv4 address");

        cluster.pool("other", "10.0.7.1").settle();
        assertThat(cluster.addresses("a")).containsExactly("10.0.7.1");
    }

    @Test
    void aPoolThatIsDeletedKeepsWhateverItSaidBefore() {
        cluster.pool(PoolSpec.named("lan", "10.0.0.10-10.0.0.19").moves()).settle();
        cluster.withoutPool("lan").pool("other", "10.0.7.1").settle();

        keeps(AllocationReason.ADDRESS_OUTSIDE_POOLS);
        assertThat(cluster.decision("a")).isInstanceOf(Decision.KeptMarked.class);
    }

    /** Row "avoidBuggyIPs turned on". */
    @Test
    void whatIsExcludedOrAvoidedLaterIsKeptAndMarked() {
        cluster.pool(PoolSpec.named("lan", "10.0.0.10-10.0.0.19").exclude("10.0.0.10"))
                .settle();
        keeps(AllocationReason.ADDRESS_OUTSIDE_POOLS);

        cluster.pool(PoolSpec.named("lan", "10.0.0.10-10.0.0.19")
                        .exclude("10.0.0.10")
                        .moves())
                .settle();
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.11");
    }

    /** Row "autoAssign → false". */
    @Test
    void aPoolNoLongerAssignedAutomaticallyKeepsItsServicesUnmarked() {
        cluster.poolOnRequest("lan", "10.0.0.10-10.0.0.19");

        assertThat(cluster.settle().changesNothing()).isTrue();
    }

    /** Row "selectors no longer match: holder loses its address at next processing". */
    @Test
    void selectorsThatNoLongerMatchCountAsHavingLeftThePool() {
        cluster.pool("other", "10.0.7.1");
        cluster.pool(PoolSpec.named("lan", "10.0.0.10-10.0.0.19").forNamespaces(0, "red"))
                .settle();
        keeps(AllocationReason.ADDRESS_NOT_FOR_SERVICE);
        assertThat(cluster.condition("a").message()).contains("the pool of 10.0.0.10 is no longer for this Service");

        cluster.pool(PoolSpec.named("lan", "10.0.0.10-10.0.0.19")
                        .forNamespaces(0, "red")
                        .moves())
                .settle();
        assertThat(cluster.addresses("a")).containsExactly("10.0.7.1");
    }

    /** Row "rename or split, address still covered". */
    @Test
    void aPoolThatIsSplitTakesNothingAway() {
        cluster.withoutPool("lan")
                .pool("one", "10.0.0.10")
                .pool("two", "10.0.0.11-10.0.0.19")
                .settle();

        keeps(AllocationReason.ALLOCATED);
        assertThat(cluster.service("a").allocatedFrom()).contains("one");
    }

    /** A pool annotation and an address that was cut out of that very pool: kept, as without the annotation. */
    @Test
    void whoAskedForThePoolThatItsAddressLeftIsNotMovedForIt() {
        cluster.change("a", a -> a.annotated(ServiceAnnotation.ADDRESS_POOL.key(), "lan"))
                .pool("lan", "10.0.0.11-10.0.0.19")
                .settle();

        keeps(AllocationReason.ADDRESS_OUTSIDE_POOLS);
    }

    /** An address that one edit gives to another pool, and the name that is asked for to other addresses: kept as well. */
    @Test
    void whoAskedForAPoolIsNotMovedWhereItsAddressBecomesAnothers() {
        cluster.change("a", a -> a.annotated(ServiceAnnotation.ADDRESS_POOL.key(), "lan"))
                .settle();
        cluster.withoutPool("lan").pool("other", "10.0.0.10-10.0.0.19").settle();
        keeps(AllocationReason.REQUEST_NOT_MET);

        cluster.pool("lan", "10.0.7.1-10.0.7.9").settle();
        keeps(AllocationReason.ADDRESS_IN_OTHER_POOL);
        assertThat(cluster.condition("a").message()).contains("10.0.0.10 is in pool other now");
        assertThat(cluster.service("a").allocatedFrom()).contains("lan");

        cluster.loseLedger().settle();
        keeps(AllocationReason.ADDRESS_IN_OTHER_POOL);

        cluster.change("a", Svc::asksNothing).settle();
        keeps(AllocationReason.ALLOCATED);
        assertThat(cluster.service("a").allocatedFrom()).contains("other");

        cluster.change("a", a -> a.annotated(ServiceAnnotation.ADDRESS_POOL.key(), "lan"))
                .settle();
        assertThat(cluster.addresses("a")).containsExactly("10.0.7.1");
    }

    @Test
    void itMovesThereWhereThePoolThatIsAskedForWantsIt() {
        cluster.change("a", a -> a.annotated(ServiceAnnotation.ADDRESS_POOL.key(), "lan"))
                .settle();
        cluster.pool("other", "10.0.0.10-10.0.0.19")
                .pool(PoolSpec.named("lan", "10.0.7.1-10.0.7.9").moves())
                .settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.7.1");
    }

    /** Who shares an address and asks for nothing in particular does not change where the other's came from. */
    @Test
    void whoSharesItDoesNotMoveWhoAskedForThePool() {
        cluster.change(
                        "a",
                        a -> a.annotated(ServiceAnnotation.ADDRESS_POOL.key(), "lan")
                                .shares("k", "TCP/80"))
                .add(Svc.named("b").shares("k", "TCP/81"))
                .settle();
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.10");

        cluster.pool("other", "10.0.0.10-10.0.0.19")
                .pool("lan", "10.0.7.1-10.0.7.9")
                .settle();

        keeps(AllocationReason.ADDRESS_IN_OTHER_POOL);
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.10");
        assertThat(cluster.settle().changesNothing()).isTrue();
    }

    @Test
    void whoHasAnAddressThatIsReservedForAnotherKeepsItMarked() {
        cluster.reserve("b", "10.0.0.10").settle();
        keeps(AllocationReason.ADDRESS_RESERVED_FOR_OTHER);
        assertThat(cluster.condition("a").message()).contains("10.0.0.10 is reserved for shop/b");

        cluster.add(Svc.named("b")).settle();
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.11");
    }

    /** Row "single to dual stack": and back, and once more. */
    @Test
    void aServiceThatIsChangedToDualStackAndBackKeepsItsFirstAddress() {
        cluster.pool("six", "fd00::/120");
        for (int i = 0; i < 2; i++) {
            cluster.change("a", a -> a.dual(FamilyPolicy.REQUIRE_DUAL_STACK)).settle();
            assertThat(cluster.addresses("a")).containsExactly("10.0.0.10", "fd00::");
            cluster.change("a", a -> a.families(FamilyPolicy.SINGLE_STACK, IpFamily.IPV4))
                    .settle();
            assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
            cluster.later(Duration.ofHours(1)).settle();
        }
        assertThat(cluster.held("a")).containsExactly("10.0.0.10");
    }

    /** Row "Family of the primary changes": single IPv4 to single IPv6, the old one is given up in the same patch. */
    @Test
    void aServiceThatChangesItsFamilyGetsOneOfTheOther() {
        cluster.change("a", a -> a.families(FamilyPolicy.SINGLE_STACK, IpFamily.IPV6))
                .settle();
        assertThat(cluster.addresses("a")).isEmpty();

        cluster.pool("six", "fd00::/120").settle();
        assertThat(cluster.addresses("a")).containsExactly("fd00::");
    }

    /** What was decided now could not be shown, so it would stand in the ledger for nothing. */
    @Test
    void nothingBetterIsTakenWhileAWriteOfTheStatusHasNoAnswer() {
        cluster.poolOnRequest("special", "10.0.5.1")
                .change("a", a -> a.annotated(ServiceAnnotation.ADDRESS_POOL.key(), "special"));
        ClusterView view = cluster.view();
        ServiceView inFlight = Svc.of(view.services().getFirst()).beingWritten().view();
        ClusterView now = new ClusterView(view.config(), view.ourClass(), List.of(inFlight));
        assertThat(Planner.plan(now, cluster.ledger(), cluster.now()).ledger()).isEmpty();

        cluster.settle();
        assertThat(cluster.addresses("a")).containsExactly("10.0.5.1");
    }

    /** The write may fail, and the status shows it on; that the ledger has lost it (edited by hand) must not matter. */
    @Test
    void whatAWriteIsToTakeAwayIsGivenToNobodyBeforeItsAnswer() {
        Cluster two = new Cluster().pool("lan", "10.9.0.1-10.9.0.2");
        two.add(Svc.named("a").ingress("10.9.0.1")).add(Svc.named("b"));
        ClusterView view = two.view();
        ServiceView shows = view.services().getFirst();
        StatusChange replace = new StatusChange(
                shows.key(),
                shows.uid(),
                shows.resourceVersion(),
                Optional.of(List.of(Ip.parse("10.9.0.2"))),
                shows.condition(),
                shows.allocatedFrom(),
                Set.of(),
                Optional.empty());
        ClusterView inFlight = new ClusterView(
                view.config(),
                view.ourClass(),
                List.of(shows.after(replace, ""), view.services().getLast()));
        ClusterView stored = new ClusterView(
                view.config(),
                view.ourClass(),
                List.of(shows.after(replace, "9"), view.services().getLast()));

        assertThat(Planner.plan(inFlight, Ledger.EMPTY, two.now()).decisions().getLast())
                .isInstanceOf(Decision.Waiting.class);
        assertThat(Planner.plan(stored, Ledger.EMPTY, two.now()).decisions().getLast())
                .isInstanceOf(Decision.Assigned.class);
    }

    /** Rows "request infeasible IP" and steps 6 to 9: mistake 2. */
    @Test
    void aRequestForAFullPoolOrATakenAddressLeavesTheOldOne() {
        cluster.poolOnRequest("special", "10.0.5.1")
                .add(Svc.named("b").asking("10.0.5.1"))
                .settle();

        cluster.change("a", a -> a.asking("10.0.5.1")).settle();
        keeps(AllocationReason.REQUEST_NOT_MET);
        cluster.change("a", a -> a.annotated(ServiceAnnotation.ADDRESS_POOL.key(), "special"))
                .settle();
        keeps(AllocationReason.REQUEST_NOT_MET);
        cluster.change("a", a -> a.asking("10.0.5.1,10.0.5.2")).settle();
        keeps(AllocationReason.REQUEST_NOT_MET);
    }
}
