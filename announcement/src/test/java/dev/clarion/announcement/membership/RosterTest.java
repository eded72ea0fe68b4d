package dev.clarion.announcement.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.DropReason;
import dev.clarion.announcement.heartbeat.Envelope;
import dev.clarion.announcement.heartbeat.Heartbeat;
import dev.clarion.announcement.heartbeat.Hello;
import dev.clarion.announcement.heartbeat.Judgement;
import dev.clarion.announcement.heartbeat.Message;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.SegmentAddress;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.announcement.heartbeat.SuspectAnswer;
import dev.clarion.announcement.heartbeat.SuspectAnswer.Opinion;
import dev.clarion.announcement.heartbeat.SuspectQuestion;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What node a makes of silence. Nodes have the addresses 10.0.0.x, and 192.168.50.x on the segment eth1. */
class RosterTest {
    private static final Session OWN = new Session(1, 1);

    private final List<Probe> probes = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private Roster roster = Roster.start("a", OWN, Profile.NORMAL, 6, 0);
    private long now;

    private static Ip node(String name) {
        return Ip.ofV4(0x0a000000 + name.charAt(0));
    }

    private static Segment segment(String name) {
        return new Segment(
                "eth1",
                Mac.of(name.charAt(0)),
                true,
                Segment.Gateway.UNKNOWN,
                List.of(new SegmentAddress(Ip.ofV4(0xc0a83200 + name.charAt(0)), 24)));
    }

    private RosterTest cluster(String... names) {
        List<Member> members = new ArrayList<>(List.of(new Member("a", node("a"))));
        for (String name : names) {
            members.add(new Member(name, node(name)));
        }
        roster = roster.interfaces(List.of(segment("a"))).members(members, now);
        for (String name : names) {
            beat(name, NodeState.ACTIVE);
        }
        return this;
    }

    private Reception receive(String from, Session session, Session to, long sequence, Message message) {
        Ip at = Ip.ofV4(0xc0a83200 + 'a');
        Reception reception = roster.receive(new Envelope(from, session, to, sequence, message), at, now);
        roster = reception.roster();
        return reception;
    }

    private void beat(String from, NodeState state, Judgement... judgements) {
        long sequence = sequences.merge(from, 1L, Long::sum);
        receive(
                from,
                new Session(from.charAt(0), 1),
                OWN,
                sequence,
                new Heartbeat(state, true, false, 0, 0, List.of(segment(from)), List.of(judgements), List.of()));
    }

    /** Time passes while these are heard, and the kernels of these answer. */
    private void pass(long millis, String heard, String kernels) {
        long until = now + TimeUnit.MILLISECONDS.toNanos(millis);
        while (now < until) {
            now += TimeUnit.MILLISECONDS.toNanos(10);
            if (now % TimeUnit.MILLISECONDS.toNanos(100) == 0) {
                heard.chars().forEach(c -> beat(String.valueOf((char) c), NodeState.ACTIVE));
            }
            Watching watching = roster.watch(now);
            roster = watching.roster();
            probes.addAll(watching.probes());
            questions.addAll(watching.questions());
            watching.probes().stream()
                    .filter(probe -> kernels.contains(probe.node()))
                    .forEach(probe -> roster = roster.kernelAnswered(probe.node(), "eth1", now));
        }
    }

    private void opinion(String from, String of, Opinion opinion, long silence) {
        roster = roster.opinion(from, new SuspectAnswer(of, Optional.empty(), opinion, silence), now);
    }

    @Test
    void aSilentSpeakerWithASilentKernelIsDeadAfter350MillisecondsIfAnotherAgrees() {
        cluster("b", "c");
        pass(340, "c", "");
        assertThat(probes).extracting(Probe::node).contains("b").doesNotContain("c");
        assertThat(probes.getFirst().interfaceName()).contains("eth1");
        assertThat(questions).extracting(Question::of).containsOnly("c");
        opinion("c", "b", Opinion.SILENT, 300);
        assertThat(roster.condition("b")).isEqualTo(Condition.ALIVE);
        pass(20, "c", "");
        assertThat(roster.condition("b")).isEqualTo(Condition.DEAD);
        assertThat(roster.condition("c")).isEqualTo(Condition.ALIVE);
    }

    @Test
    void withoutASecondOpinionItTakesLonger() {
        cluster("b", "c");
        pass(500, "c", "");
        assertThat(roster.condition("b")).isEqualTo(Condition.ALIVE);
        pass(200, "c", "");
        assertThat(roster.condition("b")).isEqualTo(Condition.DEAD);
    }

    @Test
    void whoIsCutOffAMomentAfterAHeartbeatFindsItselfAloneBeforeItFindsTheOneDeadThatIsHeardNext() {
        cluster("b", "c");
        pass(1_000, "bc", "");
        pass(80, "", "");
        beat("c", NodeState.ACTIVE);
        pass(270, "", "");
        assertThat(roster.alone("eth1", now)).isFalse();
        assertThat(roster.condition("b")).isEqualTo(Condition.ALIVE);
        pass(1_000, "", "");
        assertThat(roster.alone("eth1", now)).isTrue();
        assertThat(roster.condition("b")).isEqualTo(Condition.ALIVE);
    }

    @Test
    void whomAnotherHearsIsAlive() {
        cluster("b", "c");
        for (int i = 0; i < 30; i++) {
            pass(100, "c", "");
            opinion("c", "b", Opinion.HEARD, 30);
        }
        assertThat(roster.condition("b")).isEqualTo(Condition.ALIVE);
    }

    @Test
    void aSpeakerWhoseKernelAnswersIsAwayAndDeadOnceTheKernelIsSilentToo() {
        cluster("b", "c");
        pass(2_000, "c", "b");
        assertThat(roster.condition("b")).isEqualTo(Condition.AWAY);
        for (int i = 0; i < 6; i++) {
            pass(100, "c", "");
            opinion("c", "b", Opinion.SILENT, 2_000);
        }
        assertThat(roster.condition("b")).isEqualTo(Condition.DEAD);
        beat("b", NodeState.ACTIVE);
        assertThat(roster.condition("b")).isEqualTo(Condition.ALIVE);
        assertThat(roster.damped("b", now)).as("it came back").isTrue();
    }

    @Test
    void aKernelThatAnswersAnotherCountsButIsNotPassedOn() {
        cluster("b", "c");
        for (int i = 0; i < 20; i++) {
            pass(50, "c", "");
            opinion("c", "b", Opinion.KERNEL_ANSWERS, 0);
        }
        assertThat(roster.condition("b")).isEqualTo(Condition.AWAY);
        assertThat(roster.answer(new SuspectQuestion("b", Optional.empty()), now)
                        .opinion())
                .isEqualTo(Opinion.SILENT);
    }

    @Test
    void whoseLeaveIsAnnouncedIsAwayAtOnceAndComesBackUndamped() {
        cluster("b", "c");
        pass(200, "bc", "bc");
        beat("b", NodeState.RESTARTING);
        pass(230, "c", "");
        assertThat(roster.condition("b")).isEqualTo(Condition.AWAY);
        pass(6_000, "c", "b");
        receive("b", new Session('b', 2), OWN, 1, new Hello());
        assertThat(roster.condition("b")).isNotEqualTo(Condition.DEAD);
        assertThat(roster.damped("b", now)).isFalse();
    }

    @Test
    void whoSeesNobodyIsAloneAndCondemnsNobody() {
        cluster("b", "c");
        pass(5_000, "", "");
        assertThat(roster.alone("eth1", now)).isTrue();
        assertThat(roster.condition("b")).isEqualTo(Condition.ALIVE);
        assertThat(roster.condition("c")).isEqualTo(Condition.ALIVE);
        roster = roster.segmentHeard("eth1", now);
        assertThat(roster.alone("eth1", now)).isFalse();
    }

    @Test
    void oneOfOneIsNeverAlone() {
        cluster();
        pass(5_000, "", "");
        assertThat(roster.alone("eth1", now)).isFalse();
    }

    @Test
    void whoStoodStillBlamesNobody() {
        cluster("b", "c");
        now += TimeUnit.SECONDS.toNanos(5);
        roster = roster.later(TimeUnit.SECONDS.toNanos(5), now);
        pass(150, "", "");
        assertThat(probes).isEmpty();
        assertThat(roster.condition("b")).isEqualTo(Condition.ALIVE);
    }

    @Test
    void whoWasHeardMeanwhileIsNotTakenForHeardLater() {
        cluster("b", "c");
        roster = roster.later(TimeUnit.SECONDS.toNanos(60), now);
        pass(340, "c", "");
        opinion("c", "b", Opinion.SILENT, 300);
        pass(20, "c", "");
        assertThat(roster.condition("b")).isEqualTo(Condition.DEAD);
    }

    @Test
    void ofNodesThatItDoesNotWatchItBelievesTheirMonitorsUntilItHearsThem() {
        String[] names = "bcdefghijklmnopqrstuvwxyz".split("");
        List<Member> members = new ArrayList<>();
        for (String name : names) {
            members.add(new Member(name, node(name)));
        }
        roster = roster.interfaces(List.of(segment("a"))).members(members, now);
        String stranger =
                Arrays.stream(names).filter(name -> !watched(name)).findFirst().orElseThrow();
        String monitor = stranger.equals("b") ? "c" : "b";
        beat(monitor, NodeState.ACTIVE, new Judgement(stranger, Condition.DEAD));
        assertThat(roster.condition(stranger)).isEqualTo(Condition.DEAD);
        receive(stranger, new Session(stranger.charAt(0), 1), OWN, 1, new Hello());
        assertThat(roster.condition(stranger)).isEqualTo(Condition.ALIVE);
    }

    @Test
    void whatItSeesItselfItLetsNobodyTalkItOutOf() {
        cluster("b", "c");
        beat("c", NodeState.ACTIVE, new Judgement("b", Condition.DEAD));
        assertThat(roster.condition("b")).isEqualTo(Condition.ALIVE);
    }

    private boolean watched(String name) {
        return new Duty(roster).watches(Peer.unknown(new Member(name, node(name))), now);
    }

    @Test
    void inALargeClusterEachIsWatchedBySixAndAllAgreeWhoTheyAre() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            names.add("node-" + i);
        }
        Map<String, Integer> watching = new HashMap<>();
        for (String name : names) {
            List<String> monitors = Monitors.of(name, names, 6);
            assertThat(monitors).hasSize(6).doesNotContain(name);
            monitors.forEach(monitor -> watching.merge(monitor, 1, Integer::sum));
            for (String other : names) {
                if (!other.equals(name)) {
                    TreeSet<String> present = new TreeSet<>(names);
                    present.remove(other);
                    assertThat(Circle.draw(other, present, 6).watched().contains(name))
                            .isEqualTo(monitors.contains(other));
                }
            }
        }
        assertThat(watching.values()).allSatisfy(n -> assertThat(n).isLessThan(16));
    }

    @Test
    void whatWasNotMeantForThisRunOrCameBeforeOrFromNoMemberDoesNotCount() {
        cluster("b");
        Session session = new Session('b', 1);
        assertThat(receive("b", session, new Session(1, 0), 50, new Hello()).drop())
                .contains(DropReason.OTHER_SESSION);
        assertThat(receive("b", session, Session.NONE, 50, new Hello()).greet()).isTrue();
        assertThat(receive("b", session, OWN, 1, new Hello()).drop()).contains(DropReason.REPLAYED);
        assertThat(receive("x", session, OWN, 1, new Hello()).drop()).contains(DropReason.STRANGER);
        assertThat(receive("a", OWN, OWN, 1, new Hello()).drop()).contains(DropReason.OWN);
        assertThat(receive("b", new Session('b', 2), OWN, 1, new Hello()).drop())
                .isEmpty();
        assertThat(receive("b", session, OWN, 51, new Hello()).drop())
                .as("of its earlier run")
                .contains(DropReason.REPLAYED);
    }

    @Test
    void aDatagramThatDoesNotCountIsNoSignOfLife() {
        cluster("b", "c");
        for (int i = 0; i < 80; i++) {
            pass(10, "c", "");
            receive("b", new Session('b', 1), OWN, 1, new Hello());
            receive("b", new Session('b', 1), Session.NONE, 1_000 + i, new Hello());
        }
        assertThat(roster.condition("b")).isEqualTo(Condition.DEAD);
    }
}
