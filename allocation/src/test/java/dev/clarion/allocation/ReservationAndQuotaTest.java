package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.config.ServiceAnnotation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Addresses that are for one Service only, and how many a namespace may have. */
class ReservationAndQuotaTest {
    private final Cluster cluster = new Cluster();

    private String address(Svc service) {
        cluster.add(service).settle();
        return String.join(",", cluster.addresses(service.view().key().toString()));
    }

    @Test
    void aReservedAddressGoesToItsServiceBeforeAnyOtherAndToNobodyElse() {
        cluster.pool("lan", "10.0.0.1-10.0.0.3").reserve("web", "10.0.0.2");

        assertThat(address(Svc.named("a"))).isEqualTo("10.0.0.1");
        assertThat(address(Svc.named("b"))).isEqualTo("10.0.0.3");
        assertThat(address(Svc.named("c"))).isEmpty();
        assertThat(address(Svc.named("d").asking("10.0.0.2"))).isEmpty();
        assertThat(cluster.reason("d")).isEqualTo(AllocationReason.REQUESTED_ADDRESS_RESERVED);
        assertThat(address(Svc.named("web"))).isEqualTo("10.0.0.2");
    }

    @Test
    void theWordOfTheAdministratorCountsMoreThanThePoolsOwn() {
        cluster.pool(PoolSpec.named("lan", "10.0.0.1-10.0.0.3")
                        .autoAssign(false)
                        .forNamespaces(0, "other"))
                .reserve("web", "10.0.0.2");

        assertThat(address(Svc.named("web"))).isEqualTo("10.0.0.2");
        assertThat(cluster.reason("web")).isEqualTo(AllocationReason.ALLOCATED);
    }

    @Test
    void whoAsksForSomethingElseGetsThat() {
        cluster.pool("lan", "10.0.0.1-10.0.0.3").pool("other", "10.0.1.1").reserve("web", "10.0.0.2");

        assertThat(address(Svc.named("web").annotated(ServiceAnnotation.ADDRESS_POOL.key(), "other")))
                .isEqualTo("10.0.1.1");
    }

    @Test
    void aReservationForBothFamiliesServesBoth() {
        cluster.pool("lan", "10.0.0.1-10.0.0.3", "fd00::1-fd00::3").reserve("web", "fd00::3", "10.0.0.3");

        assertThat(address(Svc.named("web").dual(FamilyPolicy.REQUIRE_DUAL_STACK)))
                .isEqualTo("10.0.0.3,fd00::3");
    }

    @Test
    void aReservedAddressThatAnotherJustGaveBackIsWaitedFor() {
        cluster.pool("lan", "10.0.0.1-10.0.0.3");
        address(Svc.named("a"));
        cluster.delete("a").reserve("web", "10.0.0.1").settle();

        assertThat(address(Svc.named("web"))).isEmpty();
        assertThat(cluster.reason("web")).isEqualTo(AllocationReason.RESERVED_ADDRESS_RESTING);
        cluster.later(Duration.ofMinutes(1)).settle();
        assertThat(cluster.addresses("web")).containsExactly("10.0.0.1");
    }

    @Test
    void aQuotaHoldsPerNamespaceAndSaysItsFigures() {
        cluster.pool("lan", "10.0.0.0/24").quota(2, "shop");

        assertThat(address(Svc.named("a"))).isNotEmpty();
        assertThat(address(Svc.named("b"))).isNotEmpty();
        assertThat(address(Svc.named("c"))).isEmpty();
        assertThat(cluster.reason("c")).isEqualTo(AllocationReason.QUOTA_EXHAUSTED);
        assertThat(cluster.condition("c").message())
                .contains("quota q-shop lets namespace shop have 2 addresses and it has 2");
        assertThat(address(Svc.named("other/a"))).isNotEmpty();
        assertThat(address(Svc.named("d").asking("10.0.0.77"))).isEmpty();
        assertThat(cluster.reason("d")).isEqualTo(AllocationReason.QUOTA_EXHAUSTED);

        cluster.delete("a").settle();
        assertThat(cluster.addresses("c")).as("the oldest that waits, at once").isNotEmpty();
        assertThat(cluster.addresses("d")).isEmpty();
    }

    @Test
    void aQuotaOfOnePoolLeavesTheOthersOpen() {
        cluster.pool("a-dear", "10.0.0.0/24").pool("b-cheap", "10.0.1.0/24").quota(1, "shop", "a-dear");

        assertThat(address(Svc.named("a"))).isEqualTo("10.0.0.0");
        assertThat(address(Svc.named("b"))).isEqualTo("10.0.1.0");
        assertThat(address(Svc.named("c").annotated(ServiceAnnotation.ADDRESS_POOL.key(), "a-dear")))
                .isEmpty();
        assertThat(cluster.reason("c")).isEqualTo(AllocationReason.QUOTA_EXHAUSTED);
    }

    @Test
    void aQuotaThatIsLoweredTakesNothingAwayAndLetsNobodyIn() {
        cluster.pool("lan", "10.0.0.0/24").quota(2, "shop");
        address(Svc.named("a"));
        address(Svc.named("b"));

        cluster.quota(1, "shop");
        assertThat(cluster.settle().changesNothing()).isTrue();
        assertThat(address(Svc.named("c"))).isEmpty();
    }

    @Test
    void anAddressInPlaceOfAnotherAndASharedOneCountNothing() {
        cluster.pool("lan", "10.0.0.0/24").quota(1, "shop");
        address(Svc.named("a").shares("k", "TCP/80"));

        cluster.change("a", a -> a.asking("10.0.0.9")).settle();
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.9");
        assertThat(address(Svc.named("b").shares("k", "TCP/443"))).isEqualTo("10.0.0.9");
    }

    @Test
    void bothFamiliesCount() {
        cluster.pool("lan", "10.0.0.0/24", "fd00::/120").quota(1, "shop");

        assertThat(address(Svc.named("both").dual(FamilyPolicy.REQUIRE_DUAL_STACK)))
                .isEmpty();
        assertThat(cluster.reason("both")).isEqualTo(AllocationReason.QUOTA_EXHAUSTED);
        assertThat(cluster.held("both")).isEmpty();
        assertThat(address(Svc.named("one").dual(FamilyPolicy.PREFER_DUAL_STACK)))
                .isEqualTo("10.0.0.0");
    }
}
