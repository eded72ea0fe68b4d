package dev.clarion.announcement.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a node makes of others that it does not hear, or only on one of two networks. */
class DoubtScenarioTest {
    private static final String V4 = "192.168.50.200";
    private static final Ip ADDRESS = Ip.parse(V4);
    private static final List<String> TEN = List.of("n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9");

    /** Each node watches six of nine others: of the rest it knows nothing but what they say. */
    @Test
    void ofTenNodesNoneLosesAnAddressToTheOtherSideOfASplitSegment() {
        for (int address = 200; address < 206; address++) {
            String there = "192.168.50." + address;
            Cluster cluster = Cluster.of(TEN.toArray(String[]::new)).service("web", there);
            cluster.start();
            cluster.splitSegment("n0", "n1", "n2");
            cluster.pass(8_000);
            assertThat(TEN.subList(0, 3).stream().filter(node -> answers(cluster, node, there)))
                    .as("%s here", there)
                    .hasSize(1);
            assertThat(TEN.subList(3, 10).stream().filter(node -> answers(cluster, node, there)))
                    .as("%s there", there)
                    .hasSize(1);
            cluster.splitSegment().pass(3_000);
            assertThat(cluster.owner(there)).isNotEqualTo("nobody");
        }
    }

    private static boolean answers(Cluster cluster, String node, String address) {
        return cluster.core(node).answers().owns(Ip.parse(address));
    }

    @Test
    void whoHearsNobodyDoesNotClaimWhatItSawAnotherTake() {
        Cluster cluster = Cluster.of("n1", "n2", "n3").service("web", V4).start();
        String owner = cluster.owner(V4);
        String deaf = cluster.anyBut(owner);
        String other = cluster.anyBut(owner, deaf);
        Ownership two = cluster.core(other);
        cluster.stop(owner, true);
        cluster.hide(other).pass(1_000);
        cluster.on(deaf, new Event.AddressSeen(ADDRESS, Mac.of(other.charAt(1))));
        cluster.kernelSilent(owner).pass(60_000);
        assertThat(cluster.owner(V4)).isEqualTo("nobody");
        assertThat(cluster.record(deaf, V4).owner()).isEqualTo(other);
        assertThat(cluster.core(deaf).answers().inName()).as("it stands in").isNotEmpty();
        cluster.show(other, two);
    }

    @Test
    void oneThatCrashedAndHearsNoSpeakerAsksTheSegmentBeforeItAnswersForWhatItHad() {
        Cluster cluster = Cluster.of("n1", "n2").service("web", V4).start();
        String owner = cluster.owner(V4);
        String other = cluster.anyBut(owner);
        Snapshot left = cluster.stop(owner, false);
        cluster.hide(other).forget();
        cluster.start(owner, left, 2).pass(3_000);
        assertThat(cluster.did(owner, Action.Announce.class))
                .extracting(Action.Announce::reason)
                .containsExactly(ClaimReason.FIRST_USE);
    }

    @Test
    void oneThatCrashedRightAfterItClaimedDoesNotTakeBackWhatAnotherHasHadSince() {
        Cluster cluster = Cluster.of("n1", "n2").service("web", V4).start();
        String owner = cluster.owner(V4);
        String other = cluster.anyBut(owner);
        cluster.stop(other, false);
        OwnershipRecord known = cluster.record(owner, V4);
        OwnershipRecord claimed = new OwnershipRecord(ADDRESS, other, known.epoch() + 5, 0, false);
        cluster.start(other, new Snapshot(List.of(claimed), Map.of(), false), 2).pass(3_000);
        assertThat(cluster.owner(V4)).isEqualTo(owner);
        assertThat(cluster.record(owner, V4)).isEqualTo(cluster.record(other, V4));
    }

    @Test
    void oneThatStoppedWellAfterAClaimThatNobodyHeardDoesNotTakeBackWhatAnotherServes() {
        Cluster cluster = Cluster.of("n1", "n2").service("web", V4).start();
        String owner = cluster.owner(V4);
        String other = cluster.anyBut(owner);
        cluster.stop(other, true);
        long beyond = cluster.record(owner, V4).epoch() + 5;
        OwnershipRecord claimed = new OwnershipRecord(ADDRESS, other, beyond, 0, false);
        cluster.start(other, new Snapshot(List.of(claimed), Map.of(), true), 2);
        for (int i = 0; i < 300; i++) {
            assertThat(cluster.pass(10).owner(V4)).isEqualTo(owner);
        }
        assertThat(cluster.record("n1", V4).epoch()).isGreaterThan(claimed.epoch());
        assertThat(cluster.record("n1", V4)).isEqualTo(cluster.record("n2", V4));
    }

    @Test
    void whoseKernelAnswersIsWaitedForLongerBeforeOneThatStartsGoesOnUntold() {
        Cluster cluster = Cluster.of("n1", "n2").service("web", V4).start();
        String owner = cluster.owner(V4);
        Snapshot left = cluster.stop(owner, true);
        cluster.hide(cluster.anyBut(owner));
        cluster.start(owner, left, 2).pass(1_500);
        assertThat(cluster.owner(V4)).isEqualTo("nobody");
        cluster.pass(1_000);
        assertThat(cluster.owner(V4)).isEqualTo(owner);
    }

    @Test
    void whatOneTookThatCouldAskNobodyStaysWithItWhenOneComesBackThatHadNotBeenTold() {
        Cluster cluster = Cluster.of("n1", "n2").service("web", V4).start();
        String owner = cluster.owner(V4);
        String other = cluster.anyBut(owner);
        Snapshot left = cluster.stop(owner, true);
        cluster.stop(other, true);
        OwnershipRecord blind = new OwnershipRecord(ADDRESS, other, Table.BLIND, 0, false);
        cluster.start(other, new Snapshot(List.of(blind), Map.of(), true), 2).pass(3_000);
        assertThat(cluster.owner(V4)).isEqualTo(other);
        cluster.start(owner, left, 2).pass(3_000);
        assertThat(cluster.owner(V4)).isEqualTo(other);
        assertThat(cluster.record(owner, V4)).isEqualTo(cluster.record(other, V4));
    }

    @Test
    void whoWasCutOffAndHearsOneAgainDoesNotTakeForDeadWhomItHasNotHeardYet() {
        Cluster cluster = Cluster.of("n1", "n2", "n3").service("web", V4);
        cluster.start("n1").start("n2").pass(3_000);
        String owner = cluster.owner(V4);
        String other = cluster.anyBut(owner);
        cluster.unheard("n3").kernelSilent("n1").kernelSilent("n2");
        cluster.start("n3").pass(3_000);
        assertThat(cluster.core("n3").condition(owner)).isEqualTo(Condition.DEAD);
        OwnershipRecord record = cluster.record(other, V4);
        Ownership heardLater = cluster.core(owner);
        cluster.hide(owner).heard("n3");
        for (int turns = 0; turns < 40 && cluster.record("n3", V4).epoch() == Table.BLIND; turns++) {
            cluster.pass(5);
        }
        cluster.pass(20);
        assertThat(cluster.record("n3", V4)).isEqualTo(record);
        cluster.show(owner, heardLater).reachable("n1").reachable("n2").pass(3_000);
        assertThat(cluster.record("n3", V4)).isEqualTo(record);
        assertThat(cluster.owner(V4)).isEqualTo(owner);
    }
}
