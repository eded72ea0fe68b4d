package dev.clarion.announcement.ownership;

import static dev.clarion.announcement.AnnouncementReason.ANNOUNCED;
import static dev.clarion.announcement.AnnouncementReason.NODE_EXCLUDED;
import static dev.clarion.announcement.AnnouncementReason.NODE_NOT_SELECTED;
import static dev.clarion.announcement.AnnouncementReason.NO_ENDPOINT;
import static dev.clarion.announcement.AnnouncementReason.NO_INTERFACE_IN_SUBNET;
import static dev.clarion.announcement.AnnouncementReason.NO_LOCAL_ENDPOINT;
import static dev.clarion.announcement.AnnouncementReason.OTHER_NODE_OWNS;
import static dev.clarion.announcement.AnnouncementReason.QUARANTINED;
import static dev.clarion.announcement.AnnouncementReason.SPEAKER_AWAY;
import static dev.clarion.announcement.AnnouncementReason.SPEAKER_NOT_ALIVE;
import static dev.clarion.announcement.AnnouncementReason.STANDS_IN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.announcement.NodeFacts;
import dev.clarion.announcement.heartbeat.Claim;
import dev.clarion.announcement.heartbeat.DropReason;
import dev.clarion.announcement.heartbeat.Envelope;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.config.L2Advertisement;
import dev.clarion.config.LabelSelector;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OwnershipScenarioTest {
    private static final String V4 = "192.168.50.200";
    private static final String V6 = "fd50::200";

    private static Cluster three() {
        return Cluster.of("n1", "n2", "n3").service("web", V4);
    }

    private static L2Advertisement advertisement(
            List<LabelSelector> nodes, List<String> interfaces, List<L2Advertisement.Preference> preferences) {
        return new L2Advertisement("lan", List.of("lan"), List.of(), nodes, interfaces, List.of(), preferences);
    }

    private static NodeFacts labelled(String name, String label, String value) {
        return new NodeFacts(name, false, false, false, false, Map.of(label, value));
    }

    private static LabelSelector selector(String label, String value) {
        return new LabelSelector(Map.of(label, value), List.of());
    }

    @Test
    void oneOfThreeOwnsTheAddressAllKnowItAndEachSaysWhyItDoesNot() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        String other = cluster.anyBut(owner);
        assertThat(cluster.record(other, V4)).isEqualTo(cluster.record(owner, V4));
        assertThat(cluster.record(owner, V4).epoch()).isGreaterThanOrEqualTo(1_780_000_000_000L << 8);
        assertThat(cluster.reason(other, owner, V4)).isEqualTo(ANNOUNCED);
        assertThat(cluster.reason(other, other, V4)).isEqualTo(OTHER_NODE_OWNS);
        assertThat(cluster.did(owner, Action.Announce.class))
                .extracting(Action.Announce::reason)
                .containsExactly(ClaimReason.FIRST_USE);
        assertThat(cluster.did(other, Action.Announce.class)).isEmpty();
    }

    @Test
    void theOwnerKeepsTheAddressWhateverComesBack() {
        Cluster cluster = three().start();
        String first = cluster.owner(V4);
        cluster.dies(first).pass(1_000);
        String second = cluster.owner(V4);
        assertThat(second).isNotEqualTo("nobody").isNotEqualTo(first);
        assertThat(cluster.reason(second, first, V4)).isEqualTo(SPEAKER_NOT_ALIVE);
        assertThat(cluster.did(second, Action.Announce.class))
                .extracting(Action.Announce::reason)
                .contains(ClaimReason.OWNER_DEAD);
        long epoch = cluster.record(second, V4).epoch();
        cluster.start(first, Snapshot.NONE, 2).pass(5_000);
        assertThat(cluster.owner(V4)).isEqualTo(second);
        assertThat(cluster.record(first, V4).epoch()).isEqualTo(epoch);
    }

    @Test
    void whileTheOwnersSpeakerIsAwayAnotherAnswersWithItsHardwareAddressAndAnnouncesNothing() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        Snapshot left = cluster.stop(owner, true);
        cluster.forget();
        cluster.pass(1_000);
        String caretaker = cluster.anyBut(owner);
        if (cluster.core(caretaker).answers().inName().isEmpty()) {
            caretaker = cluster.anyBut(owner, caretaker);
        }
        assertThat(cluster.core(caretaker).answers().inName())
                .containsOnly(Map.entry("eth1", new TreeMap<>(Map.of(Ip.parse(V4), Mac.of(owner.charAt(1))))));
        assertThat(cluster.did(caretaker, Action.Announce.class)).isEmpty();
        assertThat(cluster.reason(caretaker, caretaker, V4)).isEqualTo(STANDS_IN);
        assertThat(cluster.reason(caretaker, owner, V4)).isEqualTo(SPEAKER_AWAY);
        String third = cluster.anyBut(owner, caretaker);
        assertThat(cluster.core(third).answers().inName()).isEmpty();
        cluster.start(owner, left, 2).pass(1_000);
        assertThat(cluster.owner(V4)).isEqualTo(owner);
        assertThat(cluster.core(caretaker).answers().inName()).isEmpty();
    }

    /** Only its heartbeats are lost, say to a rule of a firewall: it serves on, and one answer to a question is enough. */
    @Test
    void whoAnswersForItselfThoughItIsNotHeardIsNotStoodInFor() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);

        List<String> others = List.of(cluster.anyBut(owner), cluster.anyBut(owner, cluster.anyBut(owner)));
        cluster.unheard(owner);
        for (int i = 0; i < 400; i++) {
            cluster.pass(5);
            assertThat(others)
                    .as("who stands in after %d ms", 5 * i)
                    .allMatch(other -> cluster.core(other).answers().inName().isEmpty());
        }
        assertThat(cluster.owner(V4)).isEqualTo(owner);
        for (String other : others) {
            assertThat(cluster.core(other).answers().inName()).as(other).isEmpty();
            assertThat(cluster.reason(other, owner, V4)).isEqualTo(SPEAKER_AWAY);
            assertThat(cluster.reason(other, other, V4)).isEqualTo(OTHER_NODE_OWNS);
        }

        cluster.stop(owner, false);
        cluster.pass(5_000);
        assertThat(others)
                .as("now that it answers no more")
                .filteredOn(other -> !cluster.core(other).answers().inName().isEmpty())
                .hasSize(1);
    }

    /** One that stood still has come back in the eyes of the others; in its own it was never away. */
    @Test
    void onlyOneStandsInThoughTheOthersThinkDifferentlyOfEachOther() {
        String owner = three().start().owner(V4);
        for (String still : List.of("n1", "n2", "n3")) {
            if (!still.equals(owner)) {
                Cluster cluster = three().start();
                cluster.standsStill(still, 5_000).pass(2_000);
                assertThat(cluster.owner(V4)).isEqualTo(owner);
                cluster.stop(owner, true);
                cluster.pass(1_000);
                assertThat(List.of(cluster.anyBut(owner), cluster.anyBut(owner, cluster.anyBut(owner))))
                        .as("who answers in the name of %s after %s stood still", owner, still)
                        .filteredOn(
                                node -> !cluster.core(node).answers().inName().isEmpty())
                        .hasSize(1);
            }
        }
    }

    @Test
    void ifItsEndpointsGoWhileTheOwnerIsAwayTheAddressMoves() {
        Cluster cluster = Cluster.of("n1", "n2", "n3")
                .local("web", Set.of("n1", "n2"), V4)
                .start();
        String owner = cluster.owner(V4);
        cluster.stop(owner, true);
        cluster.pass(1_000);
        assertThat(cluster.owner(V4)).isEqualTo("nobody");
        String other = owner.equals("n1") ? "n2" : "n1";
        cluster.local("web", Set.of(other), V4).publish().pass(500);
        assertThat(cluster.owner(V4)).isEqualTo(other);
    }

    @Test
    void ofTwoWhoClaimTheHigherEpochHoldsAndTheLoserStopsInTheSameTurn() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        String rival = cluster.anyBut(owner);
        OwnershipRecord mine = cluster.record(owner, V4);
        OwnershipRecord higher = new OwnershipRecord(mine.address(), rival, mine.epoch() + 1, 0, false);
        Step step = cluster.on(owner, claim(cluster, rival, owner, higher));
        assertThat(step.answers().owns(mine.address())).isFalse();
        assertThat(step.actions()).contains(new Action.Lost(mine.address(), rival));
    }

    @Test
    void whoClaimsWithALowerEpochIsToldAndTheOwnerAnnouncesAgain() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        String rival = cluster.anyBut(owner);
        OwnershipRecord mine = cluster.record(owner, V4);
        OwnershipRecord lower = new OwnershipRecord(mine.address(), rival, mine.epoch() - 1, 0, false);
        Step step = cluster.on(owner, claim(cluster, rival, owner, lower));
        assertThat(step.answers().owns(mine.address())).isTrue();
        assertThat(step.actions())
                .contains(new Action.Announce("eth1", List.of(mine.address()), ClaimReason.REPEATED))
                .anyMatch(action -> action instanceof Action.Send send
                        && send.node().equals(rival)
                        && send.envelope().message().equals(new Claim(List.of(mine))));
    }

    private static Event claim(Cluster cluster, String from, String to, OwnershipRecord record) {
        Session sender = new Session(from.hashCode(), 1);
        Session receiver = new Session(to.hashCode(), 1);
        assertThat(cluster.core(from).state().answers()).isTrue();
        return new Event.Received(
                new Envelope(from, sender, receiver, 1_000_000, new Claim(List.of(record))),
                Ip.parse("192.168.50." + (int) to.charAt(1)));
    }

    @Test
    void nobodyClaimsForAnother() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        String liar = cluster.anyBut(owner);
        String third = cluster.anyBut(owner, liar);
        OwnershipRecord mine = cluster.record(owner, V4);
        OwnershipRecord lie = new OwnershipRecord(mine.address(), third, mine.epoch() + 9, 0, false);
        cluster.on(owner, claim(cluster, liar, owner, lie));
        assertThat(cluster.record(owner, V4)).isEqualTo(mine);
    }

    @Test
    void aStrangerCanNeitherTakeNorReleaseAnything() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        OwnershipRecord mine = cluster.record(owner, V4);
        OwnershipRecord theirs = new OwnershipRecord(mine.address(), "x9", mine.epoch() + 1, 0, false);
        Event.Received claim = new Event.Received(
                new Envelope("x9", new Session(9, 9), new Session(owner.hashCode(), 1), 1, new Claim(List.of(theirs))),
                Ip.parse("192.168.50.1"));
        Step step = cluster.on(owner, claim);
        assertThat(step.actions()).contains(new Action.Dropped("x9", DropReason.STRANGER));
        assertThat(step.answers().owns(mine.address())).isTrue();
    }

    @Test
    void whoStoodStillAnswersNothingUntilItHasAsked() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        cluster.passWithout(owner, 5_000);
        Step thawed = cluster.on(owner, new Event.Tick());
        assertThat(thawed.answers().own()).isEmpty();
        assertThat(thawed.actions()).anyMatch(Action.Fenced.class::isInstance);
        cluster.pass(300);
        assertThat(cluster.owner(V4)).isEqualTo(owner);
    }

    /** It answers for nothing then, which is not the same as owning nothing. */
    @Test
    void whoIsDrainedRightAfterItStoodStillHandsOverFirst() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        cluster.passWithout(owner, 900);
        cluster.forget();
        Step step = cluster.on(owner, new Event.Drain());
        assertThat(step.answers().owns(Ip.parse(V4))).isFalse();
        assertThat(cluster.did(owner, Action.Drained.class)).isEmpty();

        cluster.pass(3_000);
        assertThat(cluster.did(owner, Action.Drained.class)).hasSize(1);
        assertThat(cluster.did(owner, Action.Moving.class)).isNotEmpty();
        assertThat(cluster.owner(V4)).isNotEqualTo(owner).isNotEqualTo("nobody");
    }

    @Test
    void answersHaveADeadlineAndAShortPauseCostsNothing() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        Step step = cluster.on(owner, new Event.Tick());
        assertThat(step.answerUntil()).isLessThanOrEqualTo(2_010_000_000L + 300_000_000L);
        cluster.passWithout(owner, 200);
        assertThat(cluster.on(owner, new Event.Tick()).answers().owns(Ip.parse(V4)))
                .isTrue();
    }

    @Test
    void bothFamiliesOfAServiceSitOnOneNode() {
        Cluster cluster = Cluster.of("n1", "n2", "n3");
        for (int i = 200; i < 220; i++) {
            cluster.service("web-" + i, "192.168.50." + i, "fd50::" + i);
        }
        cluster.start();
        Set<String> owners = new TreeSet<>();
        for (int i = 200; i < 220; i++) {
            assertThat(cluster.owner("fd50::" + i)).isEqualTo(cluster.owner("192.168.50." + i));
            owners.add(cluster.owner("192.168.50." + i));
        }
        assertThat(owners).containsExactly("n1", "n2", "n3");
    }

    @Test
    void whereNoNodeCanServeBothFamiliesEachHasAnOwner() {
        Cluster cluster = Cluster.of("n1", "n2")
                .segments("n1", Cluster.segment("n1", "192.168.50."))
                .segments("n2", Cluster.segment("n2", "fd50::"))
                .service("web", V4, V6)
                .start();
        assertThat(cluster.owner(V4)).isEqualTo("n1");
        assertThat(cluster.owner(V6)).isEqualTo("n2");
        assertThat(cluster.reason("n1", "n2", V4)).isEqualTo(NO_INTERFACE_IN_SUBNET);
    }

    @Test
    void familiesThatWereApartComeTogetherOnceANodeCanServeBoth() {
        Cluster cluster = Cluster.of("n1", "n2")
                .segments("n1", Cluster.segment("n1", "192.168.50."))
                .segments("n2", Cluster.segment("n2", "fd50::"))
                .service("web", V4, V6)
                .start();
        cluster.segments("n2", Cluster.segment("n2", "192.168.50.", "fd50::")).pass(3_000);
        assertThat(cluster.owner(V4)).isEqualTo("n2");
        assertThat(cluster.owner(V6)).isEqualTo("n2");
    }

    @Test
    void addressesAreSpreadEvenly() {
        Cluster cluster = Cluster.of("n1", "n2", "n3", "n4");
        for (int i = 200; i < 240; i++) {
            cluster.service("web-" + i, "192.168.50." + i);
        }
        cluster.start();
        for (String name : List.of("n1", "n2", "n3", "n4")) {
            int owned = cluster.core(name).answers().own().values().stream()
                    .mapToInt(Set::size)
                    .sum();
            assertThat(owned).as(name).isBetween(7, 13);
        }
    }

    @Test
    void preferredNodesComeFirstAndOthersServeWhileThereIsNone() {
        L2Advertisement preferring = advertisement(
                List.of(), List.of(), List.of(new L2Advertisement.Preference(10, selector("rack", "one"))));
        Cluster cluster = three().advertisement(preferring).facts(labelled("n3", "rack", "one"));
        cluster.start();
        assertThat(cluster.owner(V4)).isEqualTo("n3");
        cluster.dies("n3").pass(1_000);
        assertThat(cluster.owner(V4)).isIn("n1", "n2");
    }

    @Test
    void onlySelectedNodesAndNamedInterfacesAnnounce() {
        Cluster cluster = three().advertisement(
                        advertisement(List.of(selector("edge", "yes")), List.of("eth1"), List.of()))
                .facts(labelled("n2", "edge", "yes"))
                .start();
        assertThat(cluster.owner(V4)).isEqualTo("n2");
        assertThat(cluster.reason("n2", "n1", V4)).isEqualTo(NODE_NOT_SELECTED);
        cluster.advertisement(advertisement(List.of(), List.of("eth7"), List.of()))
                .publish()
                .pass(3_000);
        assertThat(cluster.owner(V4)).isEqualTo("nobody");
        assertThat(cluster.reason("n2", "n2", V4)).isEqualTo(NO_INTERFACE_IN_SUBNET);
    }

    @Test
    void anExcludedOwnerHandsOverAndIsAnsweredForAtEveryMoment() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        cluster.facts(new NodeFacts(owner, true, false, false)).publish();
        for (int i = 0; i < 200; i++) {
            cluster.pass(5);
            assertThat(cluster.answered(V4)).isTrue();
        }
        String next = cluster.owner(V4);
        assertThat(next).isNotEqualTo(owner);
        assertThat(cluster.reason(next, owner, V4)).isEqualTo(NODE_EXCLUDED);
        assertThat(cluster.core(owner).answers().lingering()).containsEntry(Ip.parse(V4), next);
        cluster.pass(11_000);
        assertThat(cluster.core(owner).answers().lingering()).isEmpty();
    }

    @Test
    void theLastExcludedNodeWithdraws() {
        Cluster cluster = Cluster.of("n1").service("web", V4).start();
        assertThat(cluster.owner(V4)).isEqualTo("n1");
        cluster.facts(new NodeFacts("n1", true, false, false)).publish().pass(100);
        assertThat(cluster.owner(V4)).isEqualTo("nobody");
        cluster.facts(new NodeFacts("n1", false, false, false)).publish().pass(500);
        assertThat(cluster.owner(V4)).isEqualTo("n1");
    }

    @Test
    void aLeavingNodeKeepsWhatNobodyElseCanHave() {
        Cluster cluster = Cluster.of("n1").service("web", V4).start();
        cluster.facts(new NodeFacts("n1", false, false, true, true, Map.of()))
                .publish()
                .pass(3_000);
        assertThat(cluster.owner(V4)).isEqualTo("n1");
    }

    @Test
    void aCordonedNodeGetsNothingNewUnlessThereIsNoOther() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        cluster.facts(new NodeFacts(owner, false, false, true));
        for (int i = 201; i < 220; i++) {
            cluster.service("more-" + i, "192.168.50." + i);
        }
        cluster.publish().pass(1_000);
        for (int i = 201; i < 220; i++) {
            assertThat(cluster.owner("192.168.50." + i)).isNotEqualTo(owner).isNotEqualTo("nobody");
        }
        Cluster alone = Cluster.of("n1")
                .facts(new NodeFacts("n1", false, false, true))
                .service("web", V4)
                .start();
        assertThat(alone.owner(V4)).isEqualTo("n1");
    }

    @Test
    void trafficPolicyLocalFollowsTheEndpointsWithoutAGap() {
        Cluster cluster =
                Cluster.of("n1", "n2", "n3").local("web", Set.of("n1"), V4).start();
        assertThat(cluster.owner(V4)).isEqualTo("n1");
        assertThat(cluster.reason("n1", "n2", V4)).isEqualTo(NO_LOCAL_ENDPOINT);
        cluster.local("web", Set.of("n2"), V4).publish();
        for (int i = 0; i < 100; i++) {
            cluster.pass(5);
            assertThat(cluster.answered(V4)).isTrue();
        }
        assertThat(cluster.owner(V4)).isEqualTo("n2");
        cluster.local("web", Set.of(), V4).publish().pass(200);
        assertThat(cluster.owner(V4)).isEqualTo("nobody");
        assertThat(cluster.reason("n1", "n2", V4)).isEqualTo(NO_ENDPOINT);
    }

    @Test
    void carrierLossReleasesAndAnotherClaimsInAFewMilliseconds() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        var up = Cluster.segment(owner, "192.168.50.", "fd50::");
        cluster.segments(owner, new Segment(up.name(), up.mac(), false, up.gateway(), up.addresses()));
        cluster.pass(60);
        assertThat(cluster.owner(V4)).isNotEqualTo(owner).isNotEqualTo("nobody");
    }

    /** It gave up its addresses when its carrier was lost, and nobody heard it, nor did it hear who took them. */
    @Test
    void anOwnerWhoseCablesWereDownTakesNothingBackWhenTheyAreUp() {
        Cluster cluster = Cluster.of("n1", "n2", "n3").service("web", V4, V6).start();
        String owner = cluster.owner(V4);
        cluster.cablesDown(owner).pass(6_000);
        String next = cluster.owner(V4);
        assertThat(next).isNotEqualTo(owner).isNotEqualTo("nobody");
        cluster.forget();
        cluster.cablesUp(owner).pass(100).reachable(owner).pass(3_000);
        assertThat(cluster.did(owner, Action.Announce.class)).isEmpty();
        assertThat(cluster.owner(V4)).isEqualTo(next);
        assertThat(cluster.owner(V6)).isEqualTo(next);
        assertThat(cluster.record(owner, V4).owner()).isEqualTo(next);
    }

    @Test
    void aQuarantinedAddressIsAnsweredForByNobodyHere() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        cluster.on(owner, new Event.Quarantine(Set.of(Ip.parse(V4))));
        assertThat(cluster.owner(V4)).isEqualTo("nobody");
        assertThat(cluster.reason(owner, owner, V4)).isEqualTo(QUARANTINED);
    }

    @Test
    void aNodeWhoseKernelHasNoRuleTakesNothingAndHandsOverWhatItHas() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        cluster.on(owner, new Event.DataPlane(Set.of(Ip.parse(V4))));
        cluster.pass(500);
        assertThat(cluster.owner(V4)).isNotEqualTo(owner).isNotEqualTo("nobody");
    }

    @Test
    void whoHearsItsAddressAnnouncedByAMemberThatItCannotHearYields() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        String other = cluster.anyBut(owner);
        OwnershipRecord mine = cluster.record(owner, V4);
        cluster.on(owner, new Event.AddressSeen(mine.address(), Mac.of(other.charAt(1))));
        assertThat(cluster.owner(V4)).as("it hears that one: the table decides").isEqualTo(owner);
        cluster.stop(other, false);
        cluster.pass(1_000);
        cluster.on(owner, new Event.AddressSeen(mine.address(), Mac.of(other.charAt(1))));
        assertThat(cluster.core(owner).answers().owns(mine.address())).isFalse();
        assertThat(cluster.record(owner, V4).epoch()).isGreaterThan(mine.epoch());
    }

    @Test
    void aRebalanceOnCommandMovesOneAtATimeUntilItIsEven() {
        Cluster cluster = Cluster.of("n1", "n2");
        for (int i = 200; i < 212; i++) {
            cluster.service("web-" + i, "192.168.50." + i);
        }
        cluster.start("n1").pass(3_000);
        cluster.start("n2").pass(3_000);
        assertThat(cluster.core("n1").answers().own().values().stream()
                        .mapToInt(Set::size)
                        .sum())
                .as("nothing moves by itself so soon")
                .isEqualTo(12);
        cluster.on("n1", new Event.Rebalance());
        cluster.pass(1_500);
        int after = cluster.core("n1").answers().own().values().stream()
                .mapToInt(Set::size)
                .sum();
        assertThat(after).isBetween(9, 11);
        cluster.pass(20_000);
        assertThat(cluster.core("n1").answers().own().values().stream()
                        .mapToInt(Set::size)
                        .sum())
                .isBetween(6, 7);
    }

    @Test
    void anEpochGoesOnFromWhatWasSeenEvenIfTheClockIsWrong() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        long epoch = cluster.record(owner, V4).epoch();
        long future = epoch + (1L << 40);
        OwnershipRecord ahead = new OwnershipRecord(Ip.parse(V4), cluster.anyBut(owner), future, 0, false);
        cluster.on(owner, claim(cluster, ahead.owner(), owner, ahead));
        cluster.pass(1_500);
        cluster.dies(ahead.owner()).pass(2_000);
        assertThat(cluster.record(cluster.owner(V4), V4).epoch()).isGreaterThan(future);
    }
}
