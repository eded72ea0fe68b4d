package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that ask for a pool or for addresses. */
class RequestTest {
    private static final String ADDRESSES = "clarion.dev/addresses";
    private static final String POOL = "clarion.dev/address-pool";

    private final Cluster cluster = new Cluster();

    @BeforeEach
    void pools() {
        cluster.pool("lan", "10.0.0.10-10.0.0.19", "fd00::10-fd00::19");
        cluster.poolOnRequest("special", "10.0.5.1");
    }

    @Test
    void anAddressThatIsAskedForIsGivenAlsoFromAPoolThatIsNotAssignedAutomatically() {
        cluster.add(Svc.named("a").annotated(ADDRESSES, "10.0.0.17"));
        cluster.add(Svc.named("b").annotated(ADDRESSES, "10.0.5.1")).settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.17");
        assertThat(cluster.addresses("b")).containsExactly("10.0.5.1");
    }

    @Test
    void oneAddressOfEachFamilyMayBeAskedFor() {
        cluster.add(Svc.named("a")
                        .families(FamilyPolicy.REQUIRE_DUAL_STACK, IpFamily.IPV4, IpFamily.IPV6)
                        .annotated(ADDRESSES, "fd00::15, 10.0.0.15"))
                .settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.15", "fd00::15");
    }

    @Test
    void theFamilyThatIsNotAskedForIsChosenAutomatically() {
        cluster.add(Svc.named("a")
                        .families(FamilyPolicy.PREFER_DUAL_STACK, IpFamily.IPV4, IpFamily.IPV6)
                        .annotated(ADDRESSES, "fd00::15"))
                .settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10", "fd00::15");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.17, REQUESTED_ADDRESS_TAKEN",
        "10.9.9.9, REQUESTED_ADDRESS_OUTSIDE_POOLS",
        "fd00::11, REQUESTED_FAMILY_NOT_SERVED",
        "010.0.0.1, REQUEST_UNREADABLE",
        "'10.0.0.11,10.0.0.12', REQUEST_UNREADABLE",
    })
    void whoAsksForWhatCannotBeHadGetsNoOtherAddress(String asked, AllocationReason reason) {
        cluster.add(Svc.named("holder").annotated(ADDRESSES, "10.0.0.17")).settle();
        cluster.add(Svc.named("a").annotated(ADDRESSES, asked)).settle();

        assertThat(cluster.addresses("a")).isEmpty();
        assertThat(cluster.reason("a")).isEqualTo(reason);
        assertThat(cluster.condition("a").allocated()).isFalse();
    }

    @Test
    void ofTwoAddressesAskedForOneAloneIsNotGiven() {
        cluster.add(Svc.named("holder").annotated(ADDRESSES, "10.0.0.17")).settle();
        cluster.add(Svc.named("a")
                        .families(FamilyPolicy.PREFER_DUAL_STACK, IpFamily.IPV4, IpFamily.IPV6)
                        .annotated(ADDRESSES, "10.0.0.17,fd00::15"))
                .settle();

        assertThat(cluster.held("a")).isEmpty();
    }

    @Test
    void aPoolThatIsAskedForIsUsedAndNoOther() {
        cluster.add(Svc.named("a").annotated(POOL, "special"), Svc.named("b").annotated(POOL, "special"));
        cluster.add(Svc.named("c").annotated(POOL, "unheard-of")).settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.5.1");
        assertThat(cluster.addresses("b")).isEmpty();
        assertThat(cluster.reason("b")).isEqualTo(AllocationReason.REQUESTED_POOL_EXHAUSTED);
        assertThat(cluster.reason("c")).isEqualTo(AllocationReason.REQUESTED_POOL_UNKNOWN);
    }

    @Test
    void poolAndAddressMustAgree() {
        AddressRequest both = AddressRequest.of(Map.of(POOL, "special", ADDRESSES, "10.0.0.17"), Optional.empty());
        cluster.add(Svc.named("a").request(both)).settle();

        assertThat(cluster.reason("a")).isEqualTo(AllocationReason.REQUEST_CONTRADICTS);
        assertThat(cluster.condition("a").message())
                .isEqualTo("10.0.0.17 is in pool lan, not in pool special, which is asked for as well");
    }

    @Test
    void anotherAddressIsTakenBeforeTheOldOneIsGivenUp() {
        cluster.add(Svc.named("a")).settle();
        cluster.change("a", a -> a.annotated(ADDRESSES, "10.0.0.17"));

        Plan plan = cluster.settle();

        assertThat(plan.ledger().getFirst().puts()).hasSize(1);
        assertThat(plan.ledger().getFirst().releases()).isEmpty();
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.17");
        assertThat(cluster.held("a")).containsExactlyInAnyOrder("10.0.0.10", "10.0.0.17");

        cluster.later(Planner.REST).settle();
        assertThat(cluster.held("a")).containsExactly("10.0.0.17");
    }

    @Test
    void aRequestThatCannotBeMetLeavesTheWorkingAddress() {
        cluster.add(Svc.named("a")).settle();

        cluster.change("a", a -> a.annotated(ADDRESSES, "10.9.9.9")).settle();
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.reason("a")).isEqualTo(AllocationReason.REQUEST_NOT_MET);
        assertThat(cluster.condition("a").message()).contains("10.9.9.9 is asked for, but is in no pool");

        cluster.change("a", a -> a.annotated(POOL, "unheard-of")).settle();
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");

        cluster.change("a", a -> a.annotated(POOL, "special")).settle();
        assertThat(cluster.addresses("a")).containsExactly("10.0.5.1");
    }

    @Test
    void theNativeAnnotationCountsBeforeTheOthers() {
        assertThat(AddressRequest.of(
                        Map.of(
                                "metallb.universe.tf/loadBalancerIPs",
                                "10.0.0.3",
                                "metallb.io/loadBalancerIPs",
                                "10.0.0.2",
                                ADDRESSES,
                                "10.0.0.1"),
                        Optional.empty()))
                .isEqualTo(new AddressRequest.Asked(Optional.empty(), List.of(Ip.parse("10.0.0.1"))));
        assertThat(AddressRequest.of(
                        Map.of("metallb.universe.tf/address-pool", "b", "metallb.io/address-pool", "a"),
                        Optional.empty()))
                .isEqualTo(new AddressRequest.Asked(Optional.of("a"), List.of()));
    }

    @Test
    void theFieldOfTheSpecificationCountsUnlessItContradicts() {
        Ip ip = Ip.parse("10.0.0.1");
        assertThat(AddressRequest.of(Map.of(), Optional.of("10.0.0.1")))
                .isEqualTo(new AddressRequest.Asked(Optional.empty(), List.of(ip)));
        assertThat(AddressRequest.of(Map.of(ADDRESSES, "10.0.0.1"), Optional.of("10.0.0.1")))
                .isEqualTo(new AddressRequest.Asked(Optional.empty(), List.of(ip)));
        assertThat(AddressRequest.of(Map.of(ADDRESSES, "10.0.0.2"), Optional.of("10.0.0.1")))
                .isInstanceOf(AddressRequest.Unreadable.class);
        assertThat(AddressRequest.of(Map.of(), Optional.of(""))).isEqualTo(AddressRequest.ANY);
    }

    @Test
    void allThatAServiceAsksForIsReadUnderOurNameAndUnderMetalLbs() {
        ServiceRequest request = ServiceRequest.of(
                Map.of(
                        "metallb.universe.tf/allow-shared-ip",
                        "k",
                        "metallb.io/address-pool",
                        "lan",
                        "metallb.universe.tf/ip-allocated-from-pool",
                        "old",
                        "clarion.dev/sharing-namespaces",
                        "two, one,,two"),
                Optional.of("10.0.0.1"));

        assertThat(request.addresses())
                .isEqualTo(new AddressRequest.Asked(Optional.of("lan"), List.of(Ip.parse("10.0.0.1"))));
        assertThat(request.sharingKey()).contains("k");
        assertThat(request.sharingNamespaces()).containsExactly("one", "two");
        assertThat(request.deprecated()).containsExactly("metallb.universe.tf/allow-shared-ip", "spec.loadBalancerIP");
    }

    @Test
    void aKeyThatCameLaterHidesADeprecatedOneAndABlankOneSaysNothing() {
        ServiceRequest request = ServiceRequest.of(
                Map.of(
                        "clarion.dev/sharing-key",
                        " ",
                        "metallb.io/allow-shared-ip",
                        "new",
                        "metallb.universe.tf/allow-shared-ip",
                        "old"),
                Optional.empty());

        assertThat(request.sharingKey()).contains("new");
        assertThat(request.deprecated()).isEmpty();
    }

    @Test
    void theUseOfADeprecatedKeyIsAFactOfTheDecision() {
        ServiceRequest request =
                ServiceRequest.of(Map.of("metallb.universe.tf/address-pool", "special"), Optional.empty());
        cluster.add(Svc.of(Svc.named("a").view().toBuilder()
                        .asking(request, List.of(), false, Map.of())
                        .build()))
                .settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.5.1");
        assertThat(cluster.decision("a").deprecated()).containsExactly("metallb.universe.tf/address-pool");
    }

    @Test
    void aMessageIsShortHoweverLongTheAnnotation() {
        cluster.add(Svc.named("a").annotated(POOL, "x".repeat(200_000)));
        cluster.add(Svc.named("b").annotated(ADDRESSES, "1,".repeat(100_000))).settle();

        assertThat(cluster.condition("a").message()).hasSizeLessThan(1001);
        assertThat(cluster.condition("b").message()).hasSizeLessThan(1001);
    }
}
