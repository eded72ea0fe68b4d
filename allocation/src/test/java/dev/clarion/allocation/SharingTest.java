package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clarion.config.ServiceAnnotation;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that share an address (metallb-inventory 2.1, "Sharing"), and those that may not. */
class SharingTest {
    private static final Map<String, String> WEB = Map.of("app", "web");

    private final Cluster cluster = new Cluster();

    @BeforeEach
    void pool() {
        cluster.pool("lan", "10.0.0.10-10.0.0.19");
    }

    private void settled(Svc... services) {
        for (Svc service : services) {
            cluster.add(service).settle();
        }
    }

    /** Row "Automatic allocation also co-locates". */
    @Test
    void servicesOfOneKeyAndDifferentPortsShareAnAddressWithoutAskingForIt() {
        settled(Svc.named("a").shares("k", "TCP/80"), Svc.named("b").shares("k", "TCP/443", "UDP/80"));

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.10");
        assertThat(cluster.holders("10.0.0.10")).containsExactly("shop/a", "shop/b");
    }

    @Test
    void theyDoSoAlsoWhenTheyComeTogether() {
        cluster.add(Svc.named("a").shares("k", "TCP/80"), Svc.named("b").shares("k", "TCP/443"))
                .settle();

        assertThat(cluster.addresses("b")).isEqualTo(cluster.addresses("a"));
    }

    /** Row "Equal keys do not force the same IP": with a collision the other one gets an address of its own. */
    @Test
    void aPortThatIsUsedTwiceMakesForTwoAddresses() {
        settled(Svc.named("a").shares("k", "TCP/80"), Svc.named("b").shares("k", "TCP/80"));

        assertThat(cluster.addresses("b")).containsExactly("10.0.0.11");
    }

    @Test
    void theLowestAddressThatMayBeSharedIsTakenBeforeANewOne() {
        settled(
                Svc.named("a").shares("k", "TCP/80"),
                Svc.named("b").shares("k", "TCP/80"),
                Svc.named("c").shares("k", "TCP/443"));

        assertThat(cluster.addresses("c")).containsExactly("10.0.0.10");
        settled(Svc.named("d").shares("k", "TCP/443"), Svc.named("e").shares("k", "TCP/443"));
        assertThat(cluster.addresses("d")).containsExactly("10.0.0.11");
        assertThat(cluster.addresses("e")).containsExactly("10.0.0.12");
    }

    /** Row "Two Services may share an IP when": keys, ports, backends. */
    @ParameterizedTest
    @CsvSource({
        "other key, RequestedAddressNotShareable, another sharing key",
        "no key, RequestedAddressTaken, shop/a has it",
        "same port, RequestedAddressNotShareable, uses port TCP/80",
        "local, RequestedAddressNotShareable, externalTrafficPolicy",
    })
    void whoAsksForAnAddressThatItMayNotShareHearsWhy(String how, String reason, String words) {
        settled(Svc.named("a").shares("k", "TCP/80"));
        Svc b = Svc.named("b").asking("10.0.0.10");
        settled(
                switch (how) {
                    case "other key" -> b.shares("k2", "TCP/443");
                    case "no key" -> b.sharesNot("TCP/443");
                    case "same port" -> b.shares("k", "TCP/80", "TCP/81");
                    default -> b.sharesLocally("k", WEB, "TCP/443");
                });

        assertThat(cluster.addresses("b")).isEmpty();
        assertThat(cluster.condition("b").reason()).isEqualTo(reason);
        assertThat(cluster.condition("b").message())
                .contains("10.0.0.10 is asked for")
                .contains(words);
    }

    /** Row "Backend key": two Local Services need identical selectors. */
    @Test
    void whereTrafficStaysOnTheNodeTheSamePodsMustStandBehindBoth() {
        settled(
                Svc.named("a").sharesLocally("k", WEB, "TCP/80"),
                Svc.named("b").sharesLocally("k", WEB, "TCP/443"),
                Svc.named("c").sharesLocally("k", Map.of("app", "other"), "TCP/22"),
                Svc.named("d").shares("k", "TCP/23"));

        assertThat(cluster.addresses("b")).containsExactly("10.0.0.10");
        assertThat(cluster.addresses("c")).containsExactly("10.0.0.11");
        assertThat(cluster.addresses("d")).containsExactly("10.0.0.12");
    }

    /** Row "Local and Cluster share only if Local has an empty selector". */
    @Test
    void aLocalServiceWithoutSelectorSharesWithOneOfAnyNode() {
        settled(
                Svc.named("a").sharesLocally("k", Map.of(), "TCP/80"),
                Svc.named("b").shares("k", "TCP/443"));

        assertThat(cluster.addresses("b")).containsExactly("10.0.0.10");
    }

    /** Row "Namespace is not part of the key": with us it is, unless both sides say otherwise. */
    @Test
    void acrossNamespacesBothHaveToConsent() {
        settled(
                Svc.named("one/a").sharesWith("k", "two", "TCP/80"),
                Svc.named("three/c").shares("k", "TCP/22"),
                Svc.named("two/b").sharesWith("k", "one,other", "TCP/443"));

        assertThat(cluster.addresses("two/b")).containsExactly("10.0.0.10");
        assertThat(cluster.addresses("three/c")).containsExactly("10.0.0.11");

        settled(Svc.named("two/d").sharesWith("k", "three", "TCP/23").asking("10.0.0.11"));
        assertThat(cluster.condition("two/d").reason()).isEqualTo("RequestedAddressNotShareable");
        assertThat(cluster.condition("two/d").message()).contains("not both consent");
    }

    /** Row "The only user of an IP may change key/policy in place". */
    @Test
    void whoIsAloneChangesKeyAndPortsInPlace() {
        settled(Svc.named("a").shares("k", "TCP/80"));
        cluster.change("a", a -> a.shares("k2", "TCP/443")).settle();
        settled(Svc.named("b").shares("k2", "TCP/80"));

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.10");
        cluster.change("a", a -> a.sharesNot("TCP/443"));
        settled(Svc.named("c").shares("k2", "TCP/22"));
    }

    /** Row "with partners, the change makes that Service lose the IP": with us it moves, and its partners stay. */
    @Test
    void whoChangesItsKeyMovesAndItsPartnersStay() {
        settled(Svc.named("a").shares("k", "TCP/80"), Svc.named("b").shares("k", "TCP/443"));

        cluster.later(Duration.ofMinutes(2)).change("a", a -> a.shares("k2", "TCP/80"));
        Plan plan = cluster.settle();

        assertThat(Cluster.decision(plan, "a")).isInstanceOf(Decision.Assigned.class);
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.11");
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.10");
        assertThat(cluster.holders("10.0.0.10")).containsExactly("shop/b");
    }

    @Test
    void withoutAnotherAddressItStaysAndSaysSo() {
        cluster.pool("lan", "10.0.0.10");
        settled(Svc.named("a").shares("k", "TCP/80"), Svc.named("b").shares("k", "TCP/443"));

        cluster.change("b", b -> b.shares("k2", "TCP/443")).settle();

        assertThat(cluster.addresses("b")).containsExactly("10.0.0.10");
        assertThat(cluster.reason("b")).isEqualTo(AllocationReason.SHARING_ENDED);
        assertThat(cluster.condition("b").message())
                .contains("10.0.0.10 can no longer be shared: shop/a has it under another sharing key; no IPv4");
        settled(Svc.named("c").shares("k", "TCP/22"));
        assertThat(cluster.addresses("c")).as("nobody joins what is unsettled").isEmpty();

        cluster.pool("lan", "10.0.0.10-10.0.0.11").settle();
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.11");
    }

    @Test
    void noPortIsEverServedTwiceEvenIfThereIsNoOtherAddress() {
        cluster.pool("lan", "10.0.0.10");
        settled(Svc.named("a").shares("k", "TCP/80"), Svc.named("b").shares("k", "TCP/443"));

        cluster.later(Duration.ofMinutes(2)).change("a", a -> a.shares("k", "TCP/443"));
        cluster.settle();

        assertThat(cluster.addresses("a"))
                .as("the one that changed, though it was first")
                .isEmpty();
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.10");
        assertThat(cluster.reason("a")).isEqualTo(AllocationReason.NO_FREE_ADDRESS);

        cluster.change("a", a -> a.shares("k", "TCP/80")).settle();
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
    }

    @Test
    void whoLosesItsAddressToACollisionHearsSoAtOnce() {
        cluster.pool("lan", "10.0.0.10");
        settled(Svc.named("a").shares("k", "TCP/80"), Svc.named("b").shares("k", "TCP/443"));

        cluster.change("a", a -> a.sharesNot("TCP/443"));
        Plan plan = cluster.plan();

        assertThat(Cluster.decision(plan, "a")).isInstanceOfSatisfying(Decision.Waiting.class, waiting -> {
            assertThat(waiting.reason()).isEqualTo(AllocationReason.SHARING_COLLISION);
            assertThat(waiting.message()).contains("shop/b uses port TCP/443 of it");
        });
        assertThat(plan.statuses()).singleElement().satisfies(change -> {
            assertThat(change.ingress())
                    .hasValueSatisfying(ips -> assertThat(ips).isEmpty());
            assertThat(change.needs())
                    .as("taken away only on the ledger as it is stored")
                    .isNotEmpty();
        });
        assertThat(plan.ledger())
                .singleElement()
                .satisfies(change -> assertThat(change.needed(release -> false)).isTrue());
    }

    /** Neither has what the other had before, but both use one port now. */
    @Test
    void ofTwoThatChangedToTheSamePortTheLaterOneLeavesAtOnce() {
        cluster.pool("lan", "10.0.0.10");
        settled(Svc.named("a").shares("k", "TCP/80"), Svc.named("b").shares("k", "TCP/443"));

        cluster.change("a", a -> a.sharesNot("UDP/53"))
                .change("b", b -> b.sharesNot("UDP/53"))
                .settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.addresses("b")).isEmpty();
    }

    /** In one plan one of them leaves of its own accord: the other has nothing to run from. */
    @Test
    void nobodyLosesAnAddressToOneThatLeavesItForAnother() {
        cluster.pool("lan", "10.0.0.10").poolOnRequest("other", "10.0.1.10");
        settled(Svc.named("a").shares("k", "TCP/80"), Svc.named("b").shares("k", "TCP/443"));

        cluster.later(Duration.ofHours(1))
                .change("a", a -> a.annotated(ServiceAnnotation.ADDRESS_POOL.key(), "other"))
                .change("b", b -> b.sharesNot("TCP/80"));
        Plan plan = cluster.settle();

        assertThat(plan.statuses())
                .as("what b shows")
                .noneMatch(change -> change.service().equals(Cluster.key("b"))
                        && change.ingress().isPresent());
        assertThat(cluster.addresses("a")).containsExactly("10.0.1.10");
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.10");
        assertThat(cluster.reason("b")).isEqualTo(AllocationReason.ALLOCATED);
    }

    /** It asked for a partner's address and was entered there; before its status said so, their ports collided. */
    @Test
    void whoCannotHaveTheAddressThatItWasToMoveToStaysWhereItIs() {
        cluster.pool("lan", "10.0.0.10-10.0.0.11");
        settled(Svc.named("a").shares("k", "TCP/80"), Svc.named("b").sharesNot("TCP/443"));
        cluster.later(Duration.ofHours(1))
                .change("b", b -> b.shares("k", "TCP/443").asking("10.0.0.10"));
        cluster.storeLedger(cluster.plan());
        assertThat(cluster.holders("10.0.0.10")).containsExactly("shop/a", "shop/b");

        cluster.change("b", b -> b.shares("k", "TCP/80").asking("10.0.0.10"));
        Plan plan = cluster.settle();

        assertThat(plan.statuses())
                .as("what b shows")
                .noneMatch(change -> change.service().equals(Cluster.key("b"))
                        && change.ingress().isPresent());
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.11");
        assertThat(cluster.reason("b")).isEqualTo(AllocationReason.REQUEST_NOT_MET);
    }

    /** Row "Freed port on a shared IP does not wake up a Service that is pending": here it does. */
    @Test
    void aPortThatIsFreedServesTheOneThatWaitsForIt() {
        cluster.pool("lan", "10.0.0.10");
        settled(
                Svc.named("a").shares("k", "TCP/80"),
                Svc.named("b").shares("k", "TCP/443"),
                Svc.named("c").shares("k", "TCP/443"));
        assertThat(cluster.addresses("c")).isEmpty();

        cluster.change("b", b -> b.shares("k", "TCP/8443")).settle();

        assertThat(cluster.addresses("c")).containsExactly("10.0.0.10");
    }

    @Test
    void aPartnerThatGoesLeavesTheAddressToTheOthersAndItsPortIsFreeAtOnce() {
        settled(Svc.named("a").shares("k", "TCP/80"), Svc.named("b").shares("k", "TCP/443"));
        cluster.delete("a").settle();
        settled(Svc.named("c").shares("k", "TCP/80"));

        assertThat(cluster.addresses("c")).containsExactly("10.0.0.10");
        assertThat(cluster.holders("10.0.0.10")).containsExactlyInAnyOrder("shop/b", "shop/c");
    }

    @Test
    void aPortOfOneThatIsGoneButStillInTheLedgerMovesNobody() {
        settled(Svc.named("a").shares("k", "TCP/80"), Svc.named("b").shares("k", "TCP/443"));
        cluster.delete("a").change("b", b -> b.shares("k", "TCP/80"));

        assertThat(Cluster.decision(cluster.plan(), "b")).isInstanceOf(Decision.Kept.class);
        cluster.settle();
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.10");
    }

    @Test
    void aSharedAddressIsAdoptedFromStatusesThatHaveOneKey() {
        cluster.add(
                        Svc.named("a").shares("k", "TCP/80").ingress("10.0.0.17"),
                        Svc.named("b").shares("k", "TCP/443").ingress("10.0.0.17"),
                        Svc.named("c").shares("k2", "TCP/22").ingress("10.0.0.17"))
                .settle();

        assertThat(cluster.holders("10.0.0.17")).containsExactly("shop/a", "shop/b");
        assertThat(cluster.reason("c")).isEqualTo(AllocationReason.STATUS_ADDRESS_TAKEN);
        assertThat(cluster.addresses("c")).containsExactly("10.0.0.17");
    }

    @Test
    void bothFamiliesAreSharedEachByItself() {
        cluster.pool("six", "fd00::10-fd00::1f");
        settled(
                Svc.named("a").shares("k", "TCP/80"),
                Svc.named("b").shares("k", "TCP/443").dual(FamilyPolicy.REQUIRE_DUAL_STACK),
                Svc.named("c").shares("k", "TCP/80").families(FamilyPolicy.SINGLE_STACK, IpFamily.IPV6));

        assertThat(cluster.addresses("b")).containsExactly("10.0.0.10", "fd00::10");
        assertThat(cluster.addresses("c")).containsExactly("fd00::10");
    }

    @Test
    void theLedgerHasNoFormForTwoThatMayNotShare() {
        Ip ip = Ip.parse("10.0.0.10");
        Holder alone = new Holder(new ServiceKey("shop", "a"), "u1", Cluster.START, Optional.empty(), Optional.empty());
        Holder other = new Holder(new ServiceKey("shop", "b"), "u2", Cluster.START, Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> new LedgerEntry.Held(ip, "lan", List.of(alone, other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shop/b cannot have 10.0.0.10");
    }
}
