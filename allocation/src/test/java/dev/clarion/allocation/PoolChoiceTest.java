package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.config.ServiceAnnotation;
import dev.clarion.net.IpFamily;
import org.junit.jupiter.api.Test;

/** From which pool a Service is served (metallb-inventory 2.1, "Automatic choice", "Explicit pool", "Selectors"). */
class PoolChoiceTest {
    private static final String POOL = ServiceAnnotation.ADDRESS_POOL.key();

    private final Cluster cluster = new Cluster();

    private String address(Svc service) {
        cluster.add(service).settle();
        return String.join(",", cluster.addresses(service.view().key().toString()));
    }

    /** Row "Sorted by priority: positive numbers ascending, 0 last"; equal ones by name, where MetalLB has no order. */
    @Test
    void poolsForCertainServicesComeFirstInOrderOfPriorityThenOfNames() {
        cluster.pool("a-open", "10.0.9.0/30")
                .pool(PoolSpec.named("b-zero", "10.0.0.1").forNamespaces(0, "shop"))
                .pool(PoolSpec.named("c-late", "10.0.1.1").forNamespaces(20, "shop"))
                .pool(PoolSpec.named("z-early", "10.0.2.1").forNamespaces(10, "shop"))
                .pool(PoolSpec.named("y-early", "10.0.3.1").forNamespaces(10, "shop"));

        assertThat(address(Svc.named("s1"))).isEqualTo("10.0.3.1");
        assertThat(address(Svc.named("s2"))).isEqualTo("10.0.2.1");
        assertThat(address(Svc.named("s3"))).isEqualTo("10.0.1.1");
        assertThat(address(Svc.named("s4"))).isEqualTo("10.0.0.1");
        assertThat(address(Svc.named("s5"))).isEqualTo("10.0.9.0");
    }

    @Test
    void aPoolOfOtherNamespacesIsNotForTheService() {
        cluster.pool(PoolSpec.named("theirs", "10.0.0.1").forNamespaces(1, "other"));

        assertThat(address(Svc.named("web"))).isEmpty();
        assertThat(cluster.condition("web").message()).contains("pool theirs is not for this Service");
        assertThat(address(Svc.named("other/web"))).isEqualTo("10.0.0.1");
    }

    /** Row "namespaces ∪ namespaceSelectors, AND serviceSelectors". */
    @Test
    void selectorsOfNamespacesAndOfServicesDecide() {
        cluster.namespace("shop", "team", "red")
                .pool(PoolSpec.named("red", "10.0.0.0/30").forNamespacesWith("team", "red"))
                .pool(PoolSpec.named("gold", "10.0.1.0/30").forServicesWith("tier", "gold"));

        assertThat(address(Svc.named("other/web"))).isEmpty();
        assertThat(address(Svc.named("shop/web"))).isEqualTo("10.0.0.0");
        assertThat(address(Svc.named("other/gold").labels("tier", "gold"))).isEqualTo("10.0.1.0");
    }

    /** Row "Fail-open case" and mistake 5: selectors that match nothing select nothing, also for explicit requests. */
    @Test
    void aSelectorThatMatchesNoNamespaceAdmitsNobodyNotEvenOnRequest() {
        cluster.pool(PoolSpec.named("red", "10.0.0.0/30").forNamespacesWith("team", "red"));

        assertThat(address(Svc.named("web"))).isEmpty();
        assertThat(address(Svc.named("by-pool").annotated(POOL, "red"))).isEmpty();
        assertThat(cluster.reason("by-pool")).isEqualTo(AllocationReason.REQUESTED_POOL_NOT_FOR_SERVICE);
        assertThat(address(Svc.named("by-address").asking("10.0.0.1"))).isEmpty();
        assertThat(cluster.reason("by-address")).isEqualTo(AllocationReason.REQUESTED_POOL_NOT_FOR_SERVICE);

        cluster.namespace("shop", "team", "red").settle();
        assertThat(cluster.addresses("by-address")).containsExactly("10.0.0.1");
        assertThat(cluster.addresses("by-pool")).containsExactly("10.0.0.0");
        assertThat(cluster.addresses("web")).containsExactly("10.0.0.2");
    }

    /** Row "serviceAllocation present without any selector = matches all but is tried before open pools". */
    @Test
    void aPoolWithAnEmptyAllocationIsForAllAndComesBeforeTheOpenOnes() {
        cluster.pool("a-open", "10.0.9.0/30")
                .pool(PoolSpec.named("pinned", "10.0.0.1").forNamespaces(0));

        assertThat(address(Svc.named("web"))).isEqualTo("10.0.0.1");
    }

    /** Row "unknown pool, full pool or missing family: pending. No fallback to other pools". */
    @Test
    void aPoolThatIsAskedForAndLacksTheFamilyIsNotReplacedByAnother() {
        cluster.pool("six", "fd00::/120").pool("four", "10.0.0.0/24");

        assertThat(address(Svc.named("web").annotated(POOL, "six"))).isEmpty();
        assertThat(cluster.reason("web")).isEqualTo(AllocationReason.REQUESTED_POOL_EXHAUSTED);
        assertThat(cluster.condition("web").message()).contains("pool six has no IPv4 addresses");
    }

    /** Row "Existing allocation is kept even if a better pool appears later". */
    @Test
    void aBetterPoolThatAppearsMovesNobody() {
        cluster.pool("open", "10.0.0.0/30");
        address(Svc.named("web"));

        cluster.pool(PoolSpec.named("mine", "10.0.1.0/30").forNamespaces(1, "shop"));

        assertThat(cluster.settle().changesNothing()).isTrue();
    }

    /** Rows "avoidBuggyIPs" and "explicit IPs ... and avoidBuggyIPs". */
    @Test
    void buggyAddressesAreGivenToNobodyNotEvenOnRequest() {
        cluster.pool(PoolSpec.named("lan", "10.0.0.255-10.0.1.1", "fd00::ff-fd00::100")
                .avoidBuggyIps());

        assertThat(address(Svc.named("a"))).isEqualTo("10.0.1.1");
        assertThat(address(Svc.named("b"))).isEmpty();
        assertThat(address(Svc.named("c").asking("10.0.1.0"))).isEmpty();
        assertThat(cluster.reason("c")).isEqualTo(AllocationReason.REQUESTED_ADDRESS_EXCLUDED);
        assertThat(address(Svc.named("d").families(FamilyPolicy.SINGLE_STACK, IpFamily.IPV6)))
                .isEqualTo("fd00::ff");
    }

    @Test
    void excludedAddressesAreGivenToNobodyNotEvenOnRequest() {
        cluster.pool(PoolSpec.named("lan", "10.0.0.1-10.0.0.5").exclude("10.0.0.1-10.0.0.2", "10.0.0.4"));

        assertThat(address(Svc.named("a"))).isEqualTo("10.0.0.3");
        assertThat(address(Svc.named("b"))).isEqualTo("10.0.0.5");
        assertThat(address(Svc.named("c"))).isEmpty();
        assertThat(address(Svc.named("d").asking("10.0.0.4"))).isEmpty();
        assertThat(cluster.condition("d").message()).contains("pool lan gives it to nobody");
    }

    /** Mistake 7 of the inventory: dual stack from separate pools; of pools equally good, one that has both. */
    @Test
    void ofPoolsOfOneRankTheOneWithBothFamiliesIsTakenAndRankCountsMore() {
        cluster.pool("a", "10.0.0.0/30").pool("b", "10.0.1.0/30", "fd0b::/126").pool("c", "fd0c::/126");
        assertThat(address(Svc.named("web").dual(FamilyPolicy.REQUIRE_DUAL_STACK)))
                .isEqualTo("10.0.1.0,fd0b::");

        cluster.pool(PoolSpec.named("z-first", "10.0.2.0/30").forNamespaces(1, "shop"));
        assertThat(address(Svc.named("api").dual(FamilyPolicy.REQUIRE_DUAL_STACK)))
                .isEqualTo("10.0.2.0,fd0b::1");
        assertThat(cluster.service("api").allocatedFrom()).contains("z-first,b");
    }

    /** Row "RequireDualStack: a pool with both families free, else pending": both from one pool on request. */
    @Test
    void whoAsksForAPoolGetsBothFamiliesFromIt() {
        cluster.pool("a", "10.0.0.0/30", "fd0a::/126").pool("b", "10.0.1.0/30", "fd0b::/126");

        assertThat(address(
                        Svc.named("web").dual(FamilyPolicy.REQUIRE_DUAL_STACK).annotated(POOL, "b")))
                .isEqualTo("10.0.1.0,fd0b::");
    }

    @Test
    void oneThatCannotBeServedHoldsUpNobody() {
        cluster.pool("four", "10.0.0.1")
                .add(Svc.named("a-old").asking("10.9.9.9"))
                .add(Svc.named("b-old").dual(FamilyPolicy.REQUIRE_DUAL_STACK))
                .later(java.time.Duration.ofMinutes(1));
        Svc young = Svc.named("young").created(cluster.now());

        assertThat(address(young)).isEqualTo("10.0.0.1");
    }
}
