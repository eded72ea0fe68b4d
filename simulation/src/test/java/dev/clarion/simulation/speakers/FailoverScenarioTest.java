package dev.clarion.simulation.speakers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.announcement.NodeFacts;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.ownership.Event;
import dev.clarion.announcement.ownership.Settings;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The events of the measuring protocol, in simulated time. */
class FailoverScenarioTest {
    private static Lab three(long seed) {
        return new Lab(3, 12, seed, Set.of()).settled();
    }

    private static void whole(Lab lab) {
        assertThat(lab.world.rules().broken()).isEmpty();
    }

    @Test
    void aDeadNodesAddressesAreAnsweredForWithinTheTimePromised() {
        List<Long> outages = new ArrayList<>();
        for (int run = 0; run < 40; run++) {
            Lab lab = three(run);
            SimulatedSpeaker owner = lab.owner(run % 12);
            int owned = lab.owned(owner).size();
            lab.world.rules().dies(owner);
            owner.kill();
            owner.kernelUp = false;
            lab.world.run(1_500);
            whole(lab);
            assertThat(lab.world.rules().orphans()).isEmpty();
            assertThat(lab.world.rules().moves()).as("only what it owned moves").isEqualTo(owned);
            outages.addAll(lab.world.rules().takeovers());
        }
        Collections.sort(outages);
        assertThat(outages.get(outages.size() / 2)).isLessThanOrEqualTo(350);
        assertThat(outages.get(outages.size() * 99 / 100)).isLessThanOrEqualTo(450);
        assertThat(outages.getLast()).isLessThanOrEqualTo(600);
    }

    @Test
    void aBlackHoleIsTakenOverAndWhenItLiftsTheOldOwnerAnswersNothing() {
        for (int run = 0; run < 10; run++) {
            Lab lab = three(run);
            SimulatedSpeaker owner = lab.owner(0);
            List<Ip> owned = lab.owned(owner);
            lab.world.wires().blackHole(owner.name);
            lab.world.run(2_000);
            assertThat(lab.unanswered()).isLessThanOrEqualTo(600);
            lab.world.wires().fill(owner.name);
            for (int i = 0; i < 1_000; i++) {
                lab.world.run(1);
                owned.forEach(address -> assertThat(owner.answersNow(address)).isFalse());
            }
            assertThat(lab.twice()).isEmpty();
            assertThat(lab.world.rules().moves()).isEqualTo(owned.size());
            whole(lab);
        }
    }

    @Test
    void aKilledSpeakersAddressesStayAndOthersAnswerInItsName() {
        Lab lab = three(1);
        SimulatedSpeaker owner = lab.owner(0);
        owner.kill();
        lab.world.run(5_000);
        assertThat(lab.unanswered()).isLessThanOrEqualTo(1_000);
        owner.start();
        lab.world.run(5_000);
        assertThat(lab.world.rules().moves()).isZero();
        assertThat(lab.unanswered()).isLessThanOrEqualTo(1_000);
        assertThat(lab.owner(0)).isSameAs(owner);
        whole(lab);
    }

    @Test
    void withoutAnswersOfTheKernelTheyWouldHaveMoved() {
        Lab lab = new Lab(3, 12, 1, Set.of(Breach.SILENT_KERNELS)).settled();
        lab.owner(0).kill();
        lab.world.run(5_000);
        assertThat(lab.world.rules().moves()).isPositive();
    }

    @Test
    void aSpeakerThatStaysAwayLosesItsAddressesAfterHalfAMinute() {
        Lab lab = three(2);
        SimulatedSpeaker owner = lab.owner(0);
        int owned = lab.owned(owner).size();
        owner.kill();
        lab.world.run(29_000);
        assertThat(lab.world.rules().moves()).isZero();
        lab.world.run(3_000);
        assertThat(lab.world.rules().moves()).isEqualTo(owned);
        assertThat(lab.unanswered()).isLessThanOrEqualTo(1_000);
        owner.start();
        lab.world.run(5_000);
        assertThat(lab.world.rules().moves()).as("it gets nothing back").isEqualTo(owned);
        assertThat(lab.owned(owner)).isEmpty();
        whole(lab);
    }

    @Test
    void withTheCaretakerOffAddressesMoveAfterASecond() {
        Settings settings = Settings.DEFAULT;
        Lab lab = new Lab(
                        3,
                        12,
                        3,
                        Set.of(),
                        new Settings(
                                settings.profile(),
                                settings.monitors(),
                                settings.awayLimit(),
                                false,
                                true,
                                settings.linger()))
                .settled();
        SimulatedSpeaker owner = lab.owner(0);
        int owned = lab.owned(owner).size();
        owner.kill();
        lab.world.run(2_000);
        assertThat(lab.world.rules().moves()).isEqualTo(owned);
        assertThat(lab.unanswered()).isBetween(1_000L, 1_700L);
    }

    @Test
    void aFrozenSpeakerIsStoodInForAndAsksBeforeItAnswersAgain() {
        Lab lab = three(4);
        SimulatedSpeaker owner = lab.owner(0);
        owner.pause(lab.world.now() + 5_000_000_000L);
        lab.world.run(8_000);
        assertThat(lab.world.rules().moves()).isZero();
        assertThat(lab.unanswered()).isLessThanOrEqualTo(1_000);
        assertThat(lab.owner(0)).isSameAs(owner);
        whole(lab);
    }

    @Test
    void aRollingRestartMovesNothing() {
        Lab lab = three(5);
        for (SimulatedSpeaker node : lab.world.nodes().values()) {
            node.deliver(new Event.Restarting());
            lab.world.run(100);
            node.end();
            lab.world.run(2_000);
            node.start();
            lab.world.run(3_000);
        }
        assertThat(lab.world.rules().moves()).isZero();
        assertThat(lab.unanswered()).isLessThanOrEqualTo(400);
        whole(lab);
    }

    @Test
    void aNodeThatReturnsTakesNothingBack() {
        Lab lab = three(6);
        SimulatedSpeaker owner = lab.owner(0);
        owner.kill();
        owner.kernelUp = false;
        lab.world.run(3_000);
        int moves = lab.world.rules().moves();
        owner.kernelUp = true;
        lab.world.run(1_000);
        owner.start();
        lab.world.run(10_000);
        assertThat(lab.world.rules().moves()).isEqualTo(moves);
        assertThat(lab.twice()).isEmpty();
        whole(lab);
    }

    @Test
    void aNodeWhoseLinksWereAllDownTakesNothingBackWhenTheyReturn() {
        for (int run = 0; run < 20; run++) {
            Lab lab = three(run);
            SimulatedSpeaker owner = lab.owner(0);
            List<Ip> owned = lab.owned(owner);
            lab.world.wires().blackHole(owner.name);
            lab.world.wires().linkDown(owner.name);
            // It may see that at once, or after the others have claimed.
            lab.world.in(run * 25L, () -> owner.carrier(false));
            lab.world.run(4_000);
            assertThat(lab.world.rules().moves()).as("run %d", run).isEqualTo(owned.size());
            SimulatedSpeaker another = lab.owner(0);
            Map<Ip, OwnershipRecord> taken = records(another);
            // The port forwards before the node sees the carrier, or after.
            lab.world.in(run % 2 * 100L, () -> {
                lab.world.wires().fill(owner.name);
                lab.world.wires().linkUp(owner.name);
            });
            lab.world.in(50, () -> owner.carrier(true));
            lab.world.run(10_000);
            assertThat(lab.world.rules().moves()).as("run %d", run).isEqualTo(owned.size());
            assertThat(records(another)).as("run %d", run).isEqualTo(taken);
            assertThat(lab.owned(owner)).isEmpty();
            assertThat(lab.twice()).isEmpty();
            whole(lab);
        }
    }

    private static Map<Ip, OwnershipRecord> records(SimulatedSpeaker node) {
        return Optional.ofNullable(node.core()).orElseThrow().records();
    }

    @Test
    void aDrainedNodeHandsOverEachAddressOnceAndNoneGoesUnanswered() {
        Lab lab = new Lab(3, 90, 7, Set.of()).settled();
        SimulatedSpeaker owner = lab.owner(0);
        int owned = lab.owned(owner).size();
        lab.world.facts(new NodeFacts(owner.name, false, false, true, true, Map.of()));
        lab.world.publish();
        lab.world.run(3_000);
        assertThat(lab.owned(owner)).isEmpty();
        assertThat(lab.world.rules().moves()).isEqualTo(owned);
        assertThat(lab.unanswered()).isZero();
        whole(lab);
    }

    @Test
    void aSpeakerToldToHandOverDoesSoAndLeaves() {
        Lab lab = new Lab(5, 40, 8, Set.of()).settled();
        SimulatedSpeaker owner = lab.owner(0);
        int owned = lab.owned(owner).size();
        owner.deliver(new Event.Drain());
        lab.world.run(1_000);
        assertThat(lab.owned(owner)).isEmpty();
        owner.deliver(new Event.Leave());
        lab.world.run(100);
        owner.end();
        lab.world.run(3_000);
        assertThat(lab.world.rules().moves()).isEqualTo(owned);
        assertThat(lab.unanswered()).isZero();
        whole(lab);
    }

    @Test
    void withTheApiAwayADeadOwnerIsReplacedAndARestartedSpeakerServes() {
        Lab lab = three(9);
        lab.world.apiAway(true);
        SimulatedSpeaker dead = lab.owner(0);
        dead.kill();
        dead.kernelUp = false;
        lab.world.run(2_000);
        SimulatedSpeaker restarted = lab.owner(0);
        restarted.kill();
        lab.world.run(1_000);
        restarted.start();
        lab.world.run(4_000);
        assertThat(lab.unanswered()).isLessThanOrEqualTo(1_000);
        assertThat(lab.owner(0)).isSameAs(restarted);
        whole(lab);
    }

    @Test
    void aSplitSegmentIsServedOnBothSidesAndAgreesSoonAfter() {
        Lab lab = new Lab(5, 20, 10, Set.of()).settled();
        lab.world.wires().side(Wires.Net.SEGMENT, "n003", 1);
        lab.world.wires().side(Wires.Net.SEGMENT, "n004", 1);
        lab.world.run(4_000);
        for (int i = 0; i < 20; i++) {
            Ip address = SpeakerWorld.address(i);
            assertThat(answering(lab, address, "n000", "n001", "n002"))
                    .as("%s", address)
                    .isEqualTo(1);
            assertThat(answering(lab, address, "n003", "n004"))
                    .as("%s", address)
                    .isEqualTo(1);
        }
        lab.world.wires().heal();
        lab.world.run(1_000);
        for (int i = 0; i < 20; i++) {
            assertThat(answering(lab, SpeakerWorld.address(i), "n000", "n001", "n002", "n003", "n004"))
                    .isEqualTo(1);
        }
        whole(lab);
    }

    private static int answering(Lab lab, Ip address, String... nodes) {
        int answering = 0;
        for (String node : nodes) {
            answering += lab.world.node(node).answersNow(address) ? 1 : 0;
        }
        return answering;
    }

    @Test
    void aNodeWhoseHeartbeatsAreBlockedIsNotTakenForDead() {
        Lab lab = three(11);
        SimulatedSpeaker owner = lab.owner(0);
        lab.world.wires().block(owner.name);
        lab.world.run(10_000);
        assertThat(lab.world.rules().moves()).isZero();
        assertThat(lab.unanswered()).isZero();
        lab.world.wires().heal();
        lab.world.run(2_000);
        assertThat(lab.world.rules().moves()).isZero();
        whole(lab);
    }

    @Test
    void lossAloneMovesNothing() {
        for (double loss : new double[] {0.01, 0.05}) {
            Lab lab = three(12);
            lab.world.wires().loss = loss;
            lab.world.run(60_000);
            assertThat(lab.world.rules().moves()).as("loss %s", loss).isZero();
            whole(lab);
        }
    }

    @Test
    void ofTwoNodesTheOneThatIsCutOffClaimsNothing() {
        Lab lab = new Lab(2, 10, 13, Set.of()).settled();
        SimulatedSpeaker one = lab.world.node("n000");
        SimulatedSpeaker other = lab.world.node("n001");
        List<Ip> ofOther = lab.owned(other);
        lab.world.wires().blackHole(one.name);
        lab.world.run(5_000);
        ofOther.forEach(address -> assertThat(one.answersNow(address)).isFalse());
        assertThat(lab.owned(other)).hasSize(10);
        whole(lab);
    }

    @Test
    void ownershipIsSpreadEvenly() {
        Lab lab = new Lab(10, 200, 14, Set.of()).settled();
        List<Integer> loads = lab.world.nodes().values().stream()
                .map(node -> lab.owned(node).size())
                .sorted()
                .toList();
        assertThat(loads.stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
        assertThat(loads.getFirst()).as("fair is 20: %s", loads).isGreaterThanOrEqualTo(14);
        assertThat(loads.getLast()).as("fair is 20: %s", loads).isLessThanOrEqualTo(26);
        whole(lab);
    }

    @Test
    void aNodeOfManySendsNoMoreThanOneOfAFew() {
        Lab lab = new Lab(40, 40, 15, Set.of()).settled();
        long before = lab.world.sent();
        lab.world.run(1_000);
        assertThat((lab.world.sent() - before) / 40)
                .as("datagrams a second, by two ways: 160 each, as docs/decisions/0006 says; to all it would be 780")
                .isLessThanOrEqualTo(2 * 160);
        whole(lab);
    }
}
