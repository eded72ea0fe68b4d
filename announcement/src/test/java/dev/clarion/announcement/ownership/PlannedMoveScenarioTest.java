package dev.clarion.announcement.ownership;

import static dev.clarion.announcement.AnnouncementReason.ANNOUNCED;
import static dev.clarion.announcement.AnnouncementReason.GATEWAY_SILENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.announcement.NodeFacts;
import dev.clarion.announcement.heartbeat.Content;
import dev.clarion.announcement.heartbeat.Parcel;
import dev.clarion.net.Ip;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Hand-overs before anything breaks: what begins them, and what they keep. */
class PlannedMoveScenarioTest {
    private static final String V4 = "192.168.50.200";
    private static final Ip ADDRESS = Ip.parse(V4);

    private static Cluster three() {
        return Cluster.of("n1", "n2", "n3").service("web", V4);
    }

    private static NodeFacts cordoned(String name) {
        return new NodeFacts(name, false, false, true);
    }

    private static NodeFacts excluded(String name) {
        return new NodeFacts(name, true, false, false);
    }

    private static void passAnswered(Cluster cluster, int millis) {
        for (int i = 0; i < millis; i += 5) {
            cluster.pass(5);
            assertThat(cluster.answered(V4)).as("after %d ms", i).isTrue();
        }
    }

    private static MoveReason reasonOfMove(Cluster cluster, String owner) {
        return cluster.did(owner, Action.Moving.class).getFirst().reason();
    }

    @Test
    void aCordonedNodeHandsOverAndIsAnsweredForAtEveryMoment() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        cluster.facts(cordoned(owner)).publish();
        passAnswered(cluster, 500);
        assertThat(cluster.owner(V4)).isNotEqualTo(owner);
        assertThat(reasonOfMove(cluster, owner)).isEqualTo(MoveReason.CORDONED);
        String next = cluster.owner(V4);
        cluster.facts(new NodeFacts(owner, false, false, false)).publish().pass(5_000);
        assertThat(cluster.owner(V4)).as("it gets nothing back").isEqualTo(next);
    }

    @Test
    void whereAllNodesAreCordonedNothingMovesUntilOneIsEmptied() {
        Cluster cluster = Cluster.of("n1", "n2").service("web", V4);
        cluster.local("app", Set.of("n1", "n2"), "192.168.50.201").start();
        String owner = cluster.owner(V4);
        cluster.facts(cordoned("n1")).facts(cordoned("n2")).publish().pass(2_000);
        assertThat(cluster.owner(V4)).isEqualTo(owner);
        cluster.local("app", Set.of("n1", "n2"), Set.of(owner), "192.168.50.201")
                .publish();
        passAnswered(cluster, 500);
        assertThat(cluster.owner(V4)).isNotEqualTo(owner);
        assertThat(reasonOfMove(cluster, owner)).isEqualTo(MoveReason.NODE_LEAVING);
    }

    @Test
    void withTheSettingOffACordonedNodeKeepsWhatItHas() {
        Settings d = Settings.DEFAULT;
        Cluster cluster = three().settings(new Settings(
                        d.profile(), d.monitors(), d.awayLimit(), d.caretaker(), d.rebalance(), d.linger(), false))
                .start();
        String owner = cluster.owner(V4);
        cluster.facts(cordoned(owner)).publish().pass(2_000);
        assertThat(cluster.owner(V4)).isEqualTo(owner);
    }

    @Test
    void theLastLocalEndpointOnANodeTerminatesAndTheAddressMovesWhileItStillServes() {
        Cluster cluster =
                Cluster.of("n1", "n2").local("web", Set.of("n1"), V4).start();
        cluster.local("web", Set.of("n1", "n2"), V4).publish().pass(1_000);
        assertThat(cluster.owner(V4)).isEqualTo("n1");
        cluster.local("web", Set.of("n1", "n2"), Set.of("n1"), V4).publish();
        passAnswered(cluster, 500);
        assertThat(cluster.owner(V4)).isEqualTo("n2");
        assertThat(reasonOfMove(cluster, "n1")).isEqualTo(MoveReason.LOCAL_ENDPOINT_LEAVING);
        cluster.local("web", Set.of("n2"), V4).publish().pass(500);
        assertThat(cluster.did("n1", Action.Moving.class)).hasSize(1);
    }

    @Test
    void whereAllLocalEndpointsTerminateTheOwnerKeepsTheAddress() {
        Cluster cluster =
                Cluster.of("n1", "n2").local("web", Set.of("n1"), V4).start();
        cluster.local("web", Set.of("n1", "n2"), Set.of("n1", "n2"), V4)
                .publish()
                .pass(1_000);
        assertThat(cluster.owner(V4)).isEqualTo("n1");
    }

    @Test
    void anOwnerWhoseGatewayIsSilentHandsOverToOneWhoseAnswersAndDoesNotTakeBack() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        cluster.withoutGateway.add(owner);
        passAnswered(cluster, 4_000);
        String next = cluster.owner(V4);
        assertThat(next).isNotEqualTo(owner);
        assertThat(reasonOfMove(cluster, owner)).isEqualTo(MoveReason.GATEWAY_SILENT);
        assertThat(cluster.reason(next, owner, V4)).isEqualTo(GATEWAY_SILENT);
        cluster.withoutGateway.remove(owner);
        cluster.pass(3_000);
        assertThat(cluster.owner(V4)).isEqualTo(next);
        assertThat(cluster.reason(next, owner, V4)).isNotEqualTo(GATEWAY_SILENT);
    }

    @Test
    void whereTheGatewayItselfIsSilentNothingMovesAndADeadOwnerIsStillReplaced() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        cluster.withoutGateway.addAll(Set.of("n1", "n2", "n3"));
        cluster.pass(5_000);
        assertThat(cluster.owner(V4)).isEqualTo(owner);
        assertThat(cluster.reason(owner, owner, V4)).isEqualTo(ANNOUNCED);
        cluster.dies(owner).pass(1_500);
        assertThat(cluster.owner(V4)).isNotIn(owner, "nobody");
    }

    @Test
    void someQuestionsLostAreNoVerdict() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        for (int i = 0; i < 10; i++) {
            cluster.withoutGateway.add(owner);
            cluster.pass(700);
            cluster.withoutGateway.remove(owner);
            cluster.pass(1_000);
        }
        assertThat(cluster.owner(V4)).isEqualTo(owner);
    }

    @Test
    void theHandOverSaysWhetherTheRulesOfTheOtherKernelAreKnown() {
        for (boolean seen : new boolean[] {true, false}) {
            Cluster cluster = three().start();
            String owner = cluster.owner(V4);
            if (seen) {
                Set.of("n1", "n2", "n3").forEach(name -> cluster.on(name, new Event.DataPlane(Set.of())));
            }
            cluster.facts(excluded(owner)).publish().pass(300);
            assertThat(cluster.did(owner, Action.Committed.class)).singleElement().satisfies(committed -> {
                assertThat(committed.rules()).isEqualTo(seen);
                assertThat(committed.flows()).isEqualTo(FlowOutcome.NOT_ASKED);
            });
        }
    }

    @Test
    void whoLacksTheRulesIsNotReadyAndAnotherIsAsked() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        String lacking = cluster.anyBut(owner);
        String other = cluster.anyBut(owner, lacking);
        cluster.on(lacking, new Event.DataPlane(Set.of(ADDRESS)));
        cluster.facts(excluded(owner)).publish();
        passAnswered(cluster, 800);
        assertThat(cluster.owner(V4)).isEqualTo(other);
    }

    private static Cluster keepingFlows(String... able) {
        Cluster cluster = three().start();
        for (String name : able) {
            cluster.on(name, new Event.FlowKeeping(true));
        }
        return cluster;
    }

    @Test
    void whereBothKeepConnectionsTheOldOwnerAnswersUntilTheyAreReady() {
        Cluster cluster = keepingFlows("n1", "n2", "n3");
        String owner = cluster.owner(V4);
        cluster.facts(excluded(owner)).publish().pass(1_000);
        assertThat(cluster.owner(V4)).isEqualTo(owner);
        Action.KeepFlows keep = cluster.did(owner, Action.KeepFlows.class).getFirst();
        assertThat(keep.addresses()).containsExactly(ADDRESS);
        cluster.on(owner, new Event.FlowsSettled(keep.move(), FlowOutcome.KEPT));
        cluster.pass(50);
        assertThat(cluster.owner(V4)).isEqualTo(keep.to());
        assertThat(cluster.did(owner, Action.Committed.class))
                .extracting(Action.Committed::flows)
                .containsExactly(FlowOutcome.KEPT);
    }

    @Test
    void connectionsThatTakeTooLongDoNotHoldUpTheHandOver() {
        Cluster cluster = keepingFlows("n1", "n2", "n3");
        String owner = cluster.owner(V4);
        cluster.facts(excluded(owner)).publish();
        passAnswered(cluster, 2_300);
        assertThat(cluster.owner(V4)).isNotEqualTo(owner);
        assertThat(cluster.did(owner, Action.Committed.class))
                .extracting(Action.Committed::flows)
                .containsExactly(FlowOutcome.LATE);
    }

    @Test
    void whereOneOfTheTwoCannotKeepConnectionsNobodyWaitsForThem() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        cluster.on(owner, new Event.FlowKeeping(true));
        cluster.facts(excluded(owner)).publish().pass(200);
        assertThat(cluster.owner(V4)).isNotEqualTo(owner);
        assertThat(cluster.did(owner, Action.KeepFlows.class)).isEmpty();
    }

    @Test
    void aParcelIsHandedOnAsItIs() {
        Cluster cluster = three().start();
        Parcel parcel = new Parcel(7, Content.of("flows".getBytes(StandardCharsets.US_ASCII)));
        cluster.on("n1", new Event.Post("n2", parcel));
        cluster.pass(20);
        assertThat(cluster.did("n2", Action.Deliver.class)).contains(new Action.Deliver("n1", parcel));
        assertThat(cluster.did("n3", Action.Deliver.class)).isEmpty();
    }

    @Test
    void theOldOwnerLingersWhileSomethingComesAndTheNewOneTellsWhoeverItIs() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        cluster.facts(excluded(owner)).publish().pass(500);
        String next = cluster.owner(V4);
        Ip host = Ip.parse("192.168.50.99");
        for (int second = 0; second < 20; second++) {
            cluster.on(owner, new Event.StragglerSeen(ADDRESS, host));
            cluster.pass(1_000);
        }
        assertThat(cluster.core(owner).answers().lingering()).containsOnlyKeys(ADDRESS);
        assertThat(cluster.did(next, Action.Tell.class)).contains(new Action.Tell("eth1", ADDRESS, host));
        assertThat(cluster.did(next, Action.Tell.class)).as("once a second, by two ways").hasSizeBetween(30, 42);
        cluster.pass(3_000);
        assertThat(cluster.core(owner).answers().lingering()).isEmpty();
    }

    @Test
    void itLingersTenSecondsAtLeastAndAMinuteAtMost() {
        Cluster cluster = three().start();
        String owner = cluster.owner(V4);
        cluster.facts(excluded(owner)).publish().pass(9_500);
        assertThat(cluster.core(owner).answers().lingering()).isNotEmpty();
        cluster.pass(1_000);
        assertThat(cluster.core(owner).answers().lingering()).isEmpty();

        Cluster busy = three().start();
        String before = busy.owner(V4);
        busy.facts(excluded(before)).publish().pass(200);
        for (long passed = 0; passed < TimeUnit.SECONDS.toMillis(61); passed += 500) {
            busy.on(before, new Event.StragglerSeen(ADDRESS, Ip.parse("192.168.50.99")));
            busy.pass(500);
        }
        assertThat(busy.core(before).answers().lingering()).isEmpty();
    }

    @Test
    void addressesOfOneGroupSitOnDifferentNodesWhileThereAreEnough() {
        Cluster cluster = Cluster.of("n1", "n2", "n3");
        for (int i = 0; i < 15; i++) {
            String group = "pair-" + i;
            cluster.apart("a-" + i, group, "192.168.50." + (200 + 2 * i));
            cluster.apart("b-" + i, group, "192.168.50." + (201 + 2 * i));
        }
        cluster.start();
        assertApart(cluster);
        cluster.dies("n3").pass(1_500);
        assertApart(cluster);
        cluster.dies("n2").pass(1_500);
        assertThat(cluster.owner("192.168.50.200")).isEqualTo("n1");
        assertThat(cluster.owner("192.168.50.201")).isEqualTo("n1");
    }

    private static void assertApart(Cluster cluster) {
        for (int i = 0; i < 15; i++) {
            String one = cluster.owner("192.168.50." + (200 + 2 * i));
            assertThat(one).isNotEqualTo("nobody");
            assertThat(cluster.owner("192.168.50." + (201 + 2 * i)))
                    .as("pair %d", i)
                    .isNotIn(one, "nobody");
        }
    }

    @Test
    void onCommandAddressesOfOneGroupPartAgain() {
        Cluster cluster = Cluster.of("n1", "n2");
        cluster.apart("a", "dns", V4).apart("b", "dns", "192.168.50.201");
        cluster.start("n1").pass(3_000);
        cluster.start("n2").pass(3_000);
        assertThat(cluster.owner("192.168.50.201")).isEqualTo(cluster.owner(V4));
        cluster.on("n1", new Event.Rebalance());
        cluster.pass(2_000);
        assertThat(cluster.owner("192.168.50.201")).isNotEqualTo(cluster.owner(V4));
        assertThat(cluster.did("n1", Action.Moving.class))
                .extracting(Action.Moving::reason)
                .containsExactly(MoveReason.APART);
    }

    @Test
    void onCommandEachNodeThatOwnsMoreHandsOverInItsTurnAndNothingMovesTwice() {
        Cluster cluster = Cluster.of("n1", "n2", "n3", "n4");
        List<String> addresses = IntStream.range(200, 224)
                .mapToObj(i -> "192.168.50." + i)
                .toList();
        addresses.forEach(address -> cluster.service("web-" + address, address));
        Settings d = Settings.DEFAULT;
        cluster.settings(new Settings(
                d.profile(), d.monitors(), d.awayLimit(), d.caretaker(), false, d.linger(), true));
        cluster.start("n1").start("n2").pass(3_000);
        cluster.start("n3").start("n4").pass(3_000);
        Set.of("n1", "n2", "n3", "n4").forEach(name -> cluster.on(name, new Event.Rebalance()));
        cluster.pass(30_000);
        for (String name : List.of("n1", "n2", "n3", "n4")) {
            long owned = addresses.stream()
                    .filter(address -> cluster.owner(address).equals(name))
                    .count();
            assertThat(owned).as(name).isBetween(5L, 7L);
        }
        List<Ip> moved = List.of("n1", "n2", "n3", "n4").stream()
                .flatMap(name -> cluster.did(name, Action.Moving.class).stream())
                .flatMap(moving -> moving.addresses().stream())
                .toList();
        assertThat(moved).doesNotHaveDuplicates().hasSizeBetween(8, 16);
    }
}
