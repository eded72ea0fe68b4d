package dev.clarion.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a Service has, it keeps: over restarts, edits, and what people do to statuses and to the ledger. */
class KeepingTest {
    private final Cluster cluster = new Cluster();

    @BeforeEach
    void twoServicesOfOnePool() {
        cluster.pool("lan", "10.0.0.10-10.0.0.19")
                .add(Svc.named("a"), Svc.named("b"))
                .settle();
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.11");
    }

    @Test
    void aRestartWritesNothing() {
        cluster.later(Duration.ofDays(1));

        assertThat(cluster.plan().changesNothing()).isTrue();
    }

    @Test
    void anAddressThatLeftItsPoolIsKeptAndMarkedUntilItIsBack() {
        cluster.pool("lan", "10.0.0.11-10.0.0.19");
        Plan plan = cluster.settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(Cluster.decision(plan, "a")).isInstanceOf(Decision.KeptMarked.class);
        assertThat(cluster.condition("a").reason()).isEqualTo("AddressOutsidePools");
        assertThat(cluster.condition("a").allocated()).isTrue();
        assertThat(plan.ledger()).isEmpty();

        cluster.pool("lan", "10.0.0.10-10.0.0.19").settle();
        assertThat(cluster.condition("a").reason()).isEqualTo("Allocated");
    }

    @Test
    void allPoolsGoneTakesNothingAway() {
        cluster.withoutPool("lan").settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.addresses("b")).containsExactly("10.0.0.11");
    }

    @Test
    void aPoolThatComesBeforeInOrderOfNamesMovesNobody() {
        cluster.pool("aaa", "10.0.9.0/24");

        assertThat(cluster.settle().changesNothing()).isTrue();
    }

    @Test
    void aPoolWithAnotherNameTakesTheBookkeepingOver() {
        cluster.withoutPool("lan").pool("office", "10.0.0.0/24").settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.service("a").allocatedFrom()).contains("office");
        assertThat(cluster.ledger().entry(Ip.parse("10.0.0.10")).orElseThrow().pool())
                .isEqualTo("office");
    }

    @Test
    void anAddressOfOneWhoIsGoneIsFreeForTheNextAfterARest() {
        cluster.pool("lan", "10.0.0.10-10.0.0.11").add(Svc.named("c")).settle();
        assertThat(cluster.addresses("c")).isEmpty();

        Plan plan = cluster.delete("a").settle();

        assertThat(plan.ledger().getFirst().releases())
                .singleElement()
                .satisfies(release -> assertThat(release.reason()).isEqualTo(AllocationReason.HOLDER_GONE));
        assertThat(cluster.held("a")).isEmpty();
        assertThat(cluster.addresses("c")).isEmpty();
        cluster.later(Duration.ofSeconds(60)).settle();
        assertThat(cluster.addresses("c")).containsExactly("10.0.0.10");
    }

    @Test
    void anAddressIsGivenBackOnlyIfAFreshReadingSaysSo() {
        Release release =
                cluster.delete("a").plan().ledger().getFirst().releases().getFirst();

        assertThat(release.confirmedBy(Optional.empty())).isTrue();
        assertThat(release.confirmedBy(Optional.of(new Release.Fresh("another", "77"))))
                .isTrue();
        assertThat(release.confirmedBy(Optional.of(new Release.Fresh("uid-a", "77"))))
                .isFalse();

        ShardChange change = cluster.plan().ledger().getFirst();
        assertThat(change.content(any -> false)).containsKey(Ip.parse("10.0.0.10"));
        assertThat(change.content(any -> true))
                .containsEntry(
                        Ip.parse("10.0.0.10"),
                        new LedgerEntry.Resting(
                                Ip.parse("10.0.0.10"), "lan", new ServiceKey("shop", "a"), cluster.now()));
    }

    @Test
    void aServiceOfTheSameNameThatCameLaterIsNotTheHolderButTheFirstToHaveTheAddressAgain() {
        cluster.delete("a").add(Svc.named("a").uid("another"));
        Plan plan = cluster.settle();

        assertThat(plan.ledger().getFirst().releases()).hasSize(1);
        assertThat(plan.statuses()).isEmpty();
        assertThat(cluster.entry("10.0.0.10"))
                .isInstanceOfSatisfying(
                        LedgerEntry.Held.class,
                        held -> assertThat(held.holders())
                                .singleElement()
                                .satisfies(holder -> assertThat(holder.uid()).isEqualTo("another")));
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
    }

    @Test
    void aChangeOfTypeFreesTheAddressOnceTheStatusShowsItNoMore() {
        cluster.change("a", Svc::clusterIpType);
        Plan first = cluster.plan();
        assertThat(first.ledger()).isEmpty();
        assertThat(first.statuses()).singleElement().satisfies(change -> {
            assertThat(change.condition()).isEmpty();
            assertThat(change.allocatedFrom()).isEmpty();
            assertThat(change.ingress())
                    .hasValueSatisfying(ips -> assertThat(ips).isEmpty());
        });

        cluster.settle();

        assertThat(cluster.held("a")).isEmpty();
        assertThat(cluster.addresses("a")).isEmpty();
        assertThat(cluster.service("a").condition()).isEmpty();
    }

    @Test
    void aReleaseOfALivingServiceHoldsOnlyForTheVersionItWasDecidedOn() {
        cluster.change("a", a -> a.clusterIpType().ingress());
        Release release = cluster.plan().ledger().getFirst().releases().getFirst();
        String seen = cluster.service("a").resourceVersion();

        assertThat(release.confirmedBy(Optional.of(new Release.Fresh("uid-a", seen))))
                .isTrue();
        assertThat(release.confirmedBy(Optional.of(new Release.Fresh("uid-a", seen + "0"))))
                .isFalse();
    }

    @Test
    void aStatusWipedByHandIsRestoredAfterTheLedgerConfirmedIt() {
        cluster.change("a", Svc::ingress);
        Plan plan = cluster.settle();

        assertThat(plan.ledger())
                .singleElement()
                .satisfies(change -> assertThat(change.puts())
                        .singleElement()
                        .satisfies(
                                entry -> assertThat(entry.holders().getFirst().confirmed())
                                        .isPresent()));
        assertThat(plan.statuses().getFirst().needs()).hasSize(1);
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
    }

    @Test
    void eachConfirmationChangesTheEntryEvenWithinOneMillisecond() {
        Holder entry = ((LedgerEntry.Held) cluster.entry("10.0.0.10")).holders().getFirst();
        Instant now = cluster.now();

        Holder once = entry.confirmedAt(now);
        assertThat(once).isNotEqualTo(entry);
        assertThat(once.confirmedAt(now)).isNotEqualTo(once);
    }

    @Test
    void aStatusEditedByHandGoesBackToWhatTheLedgerSays() {
        cluster.change("a", a -> a.ingress("10.0.0.15")).settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.held("a")).containsExactly("10.0.0.10");
    }

    @Test
    void aLostLedgerIsRebuiltFromStatusesBeforeAnythingIsGivenOut() {
        cluster.loseLedger().add(Svc.named("0-first-in-every-order").created(Instant.EPOCH));
        Plan plan = cluster.settle();

        assertThat(Cluster.decision(plan, "a")).isInstanceOf(Decision.Adopted.class);
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.held("a")).containsExactly("10.0.0.10");
        assertThat(cluster.addresses("0-first-in-every-order")).containsExactly("10.0.0.12");
    }

    @Test
    void ofTwoStatusesWithOneAddressTheOlderIsAdoptedAndTheOtherReportedAndLeftAlone() {
        Instant later = cluster.now().plusSeconds(60);
        cluster.add(Svc.named("0-young").created(later).ingress("10.0.0.17"));
        cluster.add(Svc.named("z-old").ingress("10.0.0.17")).settle();

        assertThat(cluster.held("z-old")).containsExactly("10.0.0.17");
        assertThat(cluster.decision("0-young")).isInstanceOf(Decision.Foreign.class);
        assertThat(cluster.reason("0-young")).isEqualTo(AllocationReason.STATUS_ADDRESS_TAKEN);
        assertThat(cluster.addresses("0-young")).containsExactly("10.0.0.17");
        assertThat(cluster.condition("0-young").message()).contains("belongs to shop/z-old");
    }

    @Test
    void aForeignAddressOutsideThePoolsIsReportedAndLeftAlone() {
        cluster.add(Svc.named("guest").ingress("172.16.0.1")).settle();

        assertThat(cluster.reason("guest")).isEqualTo(AllocationReason.STATUS_ADDRESS_OUTSIDE_POOLS);
        assertThat(cluster.addresses("guest")).containsExactly("172.16.0.1");
        assertThat(cluster.held("guest")).isEmpty();

        cluster.pool("guests", "172.16.0.0/24").settle();
        assertThat(cluster.held("guest")).containsExactly("172.16.0.1");
        assertThat(cluster.reason("guest")).isEqualTo(AllocationReason.ALLOCATED);
    }

    @Test
    void severalForeignAddressesOfOneFamilyAreReportedAndLeftAlone() {
        cluster.add(Svc.named("guest").ingress("10.0.0.15", "10.0.0.16")).settle();

        assertThat(cluster.reason("guest")).isEqualTo(AllocationReason.STATUS_ADDRESS_SURPLUS);
        assertThat(cluster.addresses("guest")).containsExactly("10.0.0.15", "10.0.0.16");
    }

    @Test
    void aHostNameInAStatusIsReportedAndLeftAlone() {
        cluster.add(Svc.named("guest").ingressHostName());
        Plan plan = cluster.settle();

        assertThat(cluster.reason("guest")).isEqualTo(AllocationReason.STATUS_NOT_AN_ADDRESS);
        assertThat(plan.statuses())
                .singleElement()
                .satisfies(change -> assertThat(change.ingress()).isEmpty());
        assertThat(cluster.service("guest").otherIngress()).isTrue();
    }

    @Test
    void aFamilyNoLongerWantedIsGivenBackAfterARest() {
        cluster.pool("six", "fd00::/120");
        cluster.change("a", a -> a.families(FamilyPolicy.PREFER_DUAL_STACK, IpFamily.IPV4, IpFamily.IPV6));
        cluster.settle();
        cluster.change("a", a -> a.families(FamilyPolicy.SINGLE_STACK, IpFamily.IPV4))
                .settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.held("a")).contains("fd00::");
        assertThat(cluster.plan().wakeAt()).contains(cluster.now().plus(Planner.REST));

        cluster.later(Planner.REST).settle();
        assertThat(cluster.held("a")).containsExactly("10.0.0.10");
    }

    @Test
    void whoRequiresDualStackLaterKeepsTheAddressItHasWhileItWaitsForTheOther() {
        cluster.change("a", a -> a.families(FamilyPolicy.REQUIRE_DUAL_STACK, IpFamily.IPV4, IpFamily.IPV6));
        cluster.settle();

        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10");
        assertThat(cluster.condition("a").allocated()).isFalse();

        cluster.pool("six", "fd00::/120").settle();
        assertThat(cluster.addresses("a")).containsExactly("10.0.0.10", "fd00::");
    }

    @Test
    void aServiceBeingDeletedKeepsItsAddressUntilItIsGone() {
        cluster.change("a", Svc::deleting);

        assertThat(cluster.settle().changesNothing()).isTrue();
        assertThat(cluster.held("a")).containsExactly("10.0.0.10");
    }

    @Test
    void theConditionKeepsItsTimeWhileItsStatusIsTheSame() {
        Instant first = cluster.condition("a").since();
        cluster.later(Duration.ofHours(1)).pool("lan", "10.0.0.11-10.0.0.19").settle();

        assertThat(cluster.condition("a").reason()).isEqualTo("AddressOutsidePools");
        assertThat(cluster.condition("a").since()).isEqualTo(first);
    }
}
