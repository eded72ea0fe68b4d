package dev.clarion.announcement.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.announcement.heartbeat.Claim;
import dev.clarion.announcement.heartbeat.Envelope;
import dev.clarion.announcement.heartbeat.Heartbeat;
import dev.clarion.announcement.heartbeat.Message;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.announcement.heartbeat.SuspectAnswer;
import dev.clarion.announcement.heartbeat.SuspectQuestion;
import dev.clarion.announcement.heartbeat.TablePart;
import dev.clarion.announcement.heartbeat.TableRequest;
import dev.clarion.announcement.membership.Member;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a node does within a second is bounded, whatever comes in. */
class ModestyScenarioTest {
    private static final String V4 = "192.168.50.200";
    private static final Ip ADDRESS = Ip.parse(V4);
    private static final Ip AT = Ip.ofV4(0x0a000000 + '1');
    private static final int WAYS = 2;

    private long sequence = 1_000_000;

    private static Cluster two() {
        return Cluster.of("n1", "n2").service("web", V4).start();
    }

    private Envelope from(String sender, String to, Message message) {
        sequence++;
        return new Envelope(
                sender, new Session(sender.hashCode(), 1), new Session(to.hashCode(), 1), sequence, message);
    }

    private static long sent(Cluster cluster, String by, Class<? extends Message> kind) {
        return cluster.did(by, Action.Send.class).stream()
                .filter(send -> kind.isInstance(send.envelope().message()))
                .count();
    }

    /** For a second something comes a thousand times. */
    private void secondOf(Cluster cluster, String to, Runnable what) {
        cluster.forget();
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 5; j++) {
                what.run();
            }
            cluster.pass(5);
        }
        assertThat(cluster.core(to).state()).isEqualTo(NodeState.ACTIVE);
    }

    @Test
    void twoThatHearOnlyEachOthersAnnouncementsDoNotTakeAnAddressFromEachOtherAgainAndAgain() {
        Cluster cluster = Cluster.of("n1", "n2")
                .service("web", V4)
                .service("app", "192.168.50.201")
                .start();
        cluster.announcementsOnly();
        cluster.forget();
        cluster.pass(100_000);
        for (String node : List.of("n1", "n2")) {
            assertThat(cluster.did(node, Action.Announce.class).size())
                    .as("announcements of %s in a hundred seconds", node)
                    .isLessThanOrEqualTo(8);
        }
    }

    @Test
    void aSpeakerThatHasNoViewYetDoesNotLookForItAllTheTime() {
        Session session = new Session(1, 1);
        Ownership core = Ownership.start("n1", session, Settings.DEFAULT, Snapshot.NONE, new Moment(0, 0));
        core = core.on(new Moment(0, 0), new Event.Members(List.of(new Member("n1", AT))))
                .next();
        core = core.on(new Moment(0, 0), new Event.Interfaces(List.of(Cluster.segment("n1", "192.168.50."))))
                .next();
        Heartbeat heartbeat = new Heartbeat(NodeState.ACTIVE, true, false, 0, 0, List.of(), List.of(), List.of());
        Step step = core.on(
                new Moment(0, 0), new Event.Received(new Envelope("n2", new Session(2, 1), session, 1, heartbeat), AT));
        int ticks = 0;
        while (step.wakeAt() < TimeUnit.SECONDS.toNanos(1) && ticks < 10_000) {
            ticks++;
            step = step.next().on(new Moment(step.wakeAt(), 0), new Event.Tick());
        }
        assertThat(ticks).isLessThan(200);
    }

    @Test
    void aFellowThatAnnouncesAnAddressOfOursIsAskedForItsTableNowAndThen() {
        Cluster cluster = two();
        String owner = cluster.owner(V4);
        String other = cluster.anyBut(owner);
        secondOf(cluster, owner, () -> cluster.on(owner, new Event.AddressSeen(ADDRESS, Mac.of(other.charAt(1)))));
        assertThat(sent(cluster, owner, TableRequest.class)).isBetween(1L, 21L * WAYS);
        assertThat(cluster.owner(V4)).isEqualTo(owner);
    }

    @Test
    void theTableIsToldNoMoreThanEveryFortyMilliseconds() {
        Cluster cluster = two();
        secondOf(cluster, "n1", () -> cluster.on("n1", new Event.Received(from("n2", "n1", new TableRequest(17)), AT)));
        assertThat(sent(cluster, "n1", TablePart.class)).isBetween(10L, 26L * WAYS);
    }

    @Test
    void oneThatClaimsInVainIsToldSoTenTimesASecond() {
        Cluster cluster = two();
        String owner = cluster.owner(V4);
        String other = cluster.anyBut(owner);
        Claim late = new Claim(List.of(new OwnershipRecord(ADDRESS, other, 5, 0, false)));
        secondOf(cluster, owner, () -> cluster.on(owner, new Event.Received(from(other, owner, late), AT)));
        assertThat(sent(cluster, owner, Claim.class)).isBetween(5L * WAYS, 11L * WAYS);
        assertThat(cluster.did(owner, Action.Announce.class).size()).isBetween(5, 11);
    }

    @Test
    void questionsAboutOthersAreAnsweredByTheWayOnWhichTheyCameAndNotWithoutEnd() {
        Cluster cluster = two();
        SuspectQuestion question = new SuspectQuestion("n3", Optional.empty());
        cluster.forget();
        cluster.on("n1", new Event.Received(from("n2", "n1", question), AT));
        assertThat(sent(cluster, "n1", SuspectAnswer.class)).isEqualTo(1);
        for (int i = 0; i < 10_000; i++) {
            cluster.on("n1", new Event.Received(from("n2", "n1", question), AT));
        }
        assertThat(sent(cluster, "n1", SuspectAnswer.class)).isLessThanOrEqualTo(300);
    }

    @Test
    void anInterfaceThatComesAndGoesIsNoNewsEveryTime() {
        Cluster cluster = two();
        cluster.forget();
        for (int i = 0; i < 1_000; i++) {
            cluster.segments("n1", Cluster.segment("n1", "192.168.50.", i % 2 == 0 ? "fd50::" : "fd51::"));
            cluster.pass(i % 5 == 0 ? 5 : 0);
        }
        assertThat(sent(cluster, "n1", Heartbeat.class)).isLessThanOrEqualTo(WAYS * (10L + 20 + 5));
    }
}
