package dev.clarion.announcement.ownership;

import static dev.clarion.announcement.AnnouncementReason.MEMBER_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.announcement.heartbeat.NoMember;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nodes whose lists of members differ: one is new and not known yet, or removed and does not know it. */
class RecognitionScenarioTest {
    private static final String V4 = "192.168.50.200";

    private static Cluster many() {
        Cluster cluster = Cluster.of("n1", "n2", "n3");
        addresses().forEach(address -> cluster.service("web-" + address, address));
        return cluster;
    }

    private static List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (int i = 200; i < 212; i++) {
            addresses.add("192.168.50." + i);
        }
        return addresses;
    }

    @Test
    void aNewNodeThatNobodyKnowsYetAnswersForNothingAndTakesPartAsSoonAsItIsKnown() {
        Cluster cluster = many().unknown("n1", "n3").unknown("n2", "n3");
        cluster.start("n1").start("n2").pass(2_000);
        cluster.start("n3");
        for (int i = 0; i < 100; i++) {
            cluster.pass(100);
            addresses().forEach(address -> assertThat(cluster.owner(address)).isIn("n1", "n2"));
        }
        assertThat(cluster.core("n3").state()).isEqualTo(NodeState.JOINING);
        assertThat(cluster.reason("n1", "n3", V4)).isEqualTo(MEMBER_UNKNOWN);
        cluster.unknown("n1").unknown("n2").pass(700);
        assertThat(cluster.core("n3").state()).isEqualTo(NodeState.ACTIVE);
        assertThat(cluster.core("n3").records()).isEqualTo(cluster.core("n1").records());
    }

    @Test
    void whoIsUnknownToSomeKnowsWhoOwnsWhatButTakesOverLast() {
        Cluster cluster = many().unknown("n2", "n3");
        cluster.start("n1").start("n2").pass(2_000);
        cluster.start("n3").pass(2_000);
        assertThat(cluster.core("n3").state()).isEqualTo(NodeState.ACTIVE);
        String other = cluster.owner(V4).equals("n3") ? "n1" : "n3";
        assertThat(cluster.reason("n3", "n3", V4)).as(other).isEqualTo(MEMBER_UNKNOWN);
        cluster.dies("n1").pass(3_000);
        addresses().forEach(address -> assertThat(cluster.owner(address)).isEqualTo("n2"));
    }

    @Test
    void whatNobodyElseCanServeIsServedByOneWhoIsUnknownToSome() {
        Cluster cluster =
                Cluster.of("n1", "n2", "n3").local("web", Set.of("n3"), V4).unknown("n2", "n3");
        cluster.start();
        assertThat(cluster.core("n3").state()).isEqualTo(NodeState.ACTIVE);
        cluster.pass(2_000);
        assertThat(cluster.owner(V4)).isEqualTo("n3");
    }

    @Test
    void whoIsNoMemberAnyMoreStopsAnsweringThoughNobodyTellsItsApi() {
        Cluster cluster = many().start();
        String owner = cluster.owner(V4);
        String one = cluster.anyBut(owner);
        String other = cluster.anyBut(owner, one);
        cluster.unknown(one, owner).unknown(other, owner).pass(400);
        assertThat(cluster.core(owner).answers().own()).isEmpty();
        assertThat(cluster.did(owner, Action.NotRecognised.class)).hasSize(1);
        cluster.pass(2_000);
        addresses().forEach(address -> assertThat(cluster.owner(address)).isIn(one, other));
        cluster.unknown(one).unknown(other).pass(700);
        assertThat(cluster.core(owner).state()).isEqualTo(NodeState.ACTIVE);
        assertThat(cluster.core(owner).records()).isEqualTo(cluster.core(one).records());
    }

    @Test
    void strangersAreToldSoNoMoreThanEveryHundredAndFiftyMilliseconds() {
        Cluster cluster = many().unknown("n1", "n3").unknown("n2", "n3").start();
        cluster.forget();
        cluster.pass(1_500);
        long told = cluster.did("n1", Action.Send.class).stream()
                .filter(send -> send.envelope().message() instanceof NoMember)
                .count();
        assertThat(told).isBetween(5L, 10L);
    }

    /** As one does that knows the others' addresses on a network that is down, and not those on the segment. */
    @Test
    void aNewNodeThatFindsNobodyAndYetIsNotAloneYieldsToWhatTheOthersKnow() {
        Cluster cluster = many();
        cluster.start("n1").start("n2").pass(2_000);
        Ownership one = cluster.core("n1");
        Ownership two = cluster.core("n2");
        cluster.hide("n1").hide("n2").kernelSilent("n1").kernelSilent("n2");
        cluster.start("n3").pass(3_000);
        assertThat(cluster.owner(V4)).isEqualTo("n3");
        cluster.show("n1", one).show("n2", two).pass(2_000);
        assertThat(cluster.core("n3").answers().own()).isEmpty();
        assertThat(cluster.record("n3", V4)).isEqualTo(one.records().get(Ip.parse(V4)));
    }

    @Test
    void aNewNodeThatHearsNobodyThoughKernelsAnswerWaitsAndYieldsToWhatTheOthersKnow() {
        Cluster cluster = many();
        cluster.start("n1").start("n2").pass(2_000);
        Ownership one = cluster.core("n1");
        Ownership two = cluster.core("n2");
        cluster.hide("n1").hide("n2");
        cluster.start("n3").pass(29_000);
        assertThat(cluster.core("n3").answers().own()).isEmpty();
        assertThat(cluster.core("n3").state()).isEqualTo(NodeState.ACTIVE);
        cluster.pass(3_000);
        assertThat(cluster.owner(V4)).as("somebody has to, in the end").isEqualTo("n3");
        cluster.show("n1", one).show("n2", two).pass(2_000);
        assertThat(cluster.core("n3").answers().own()).isEmpty();
        assertThat(cluster.record("n3", V4)).isEqualTo(one.records().get(Ip.parse(V4)));
    }
}
