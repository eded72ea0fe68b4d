package dev.clarion.announcement;

import static dev.clarion.announcement.AnnouncementReason.ADDRESS_NOT_IN_POOL;
import static dev.clarion.announcement.AnnouncementReason.ANNOUNCED;
import static dev.clarion.announcement.AnnouncementReason.NETWORK_UNAVAILABLE;
import static dev.clarion.announcement.AnnouncementReason.NODE_EXCLUDED;
import static dev.clarion.announcement.AnnouncementReason.NODE_UNKNOWN;
import static dev.clarion.announcement.AnnouncementReason.NOT_OUR_CLASS;
import static dev.clarion.announcement.AnnouncementReason.NOT_TAKEN_ON;
import static dev.clarion.announcement.AnnouncementReason.NO_ADVERTISEMENT;
import static dev.clarion.announcement.AnnouncementReason.NO_ENDPOINT;
import static dev.clarion.announcement.AnnouncementReason.NO_INTERFACE_IN_SUBNET;
import static dev.clarion.announcement.AnnouncementReason.NO_LOCAL_ENDPOINT;
import static dev.clarion.announcement.AnnouncementReason.OTHER_NODE_OWNS;
import static dev.clarion.announcement.AnnouncementReason.SPEAKER_NOT_ALIVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.config.Config;
import dev.clarion.config.L2Advertisement;
import dev.clarion.config.LabelSelector;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class Layer2ScenarioTest {
    private static final String V4 = "192.168.50.200";
    private static final String V6 = "fd50::200";

    private static World three() {
        return World.ofNodes("n1", "n2", "n3");
    }

    private static String anyBut(String node) {
        return node.equals("n1") ? "n2" : "n1";
    }

    @Test
    void oneOfThreeNodesOwnsTheAddressAndTheOthersSayWhoDoes() {
        World world = three().service("web", V4);
        String owner = world.owner(V4);
        AddressDecision decision = world.decision(owner, V4);
        assertThat(decision.layer2()).containsOnlyKeys("n1", "n2", "n3");
        assertThat(decision.layer2().get(owner)).isEqualTo(ANNOUNCED);
        assertThat(decision.layer2().values()).containsOnlyOnce(ANNOUNCED).contains(OTHER_NODE_OWNS);
        assertThat(world.decide(owner).layer2()).containsOnlyKeys("eth1");
        assertThat(world.decide(owner).layer2().get("eth1")).containsExactly(Ip.parse(V4));
        assertThat(world.decide(anyBut(owner)).layer2().get("eth1")).isEmpty();
    }

    @Test
    void interfacesThatCouldGetAnAddressAreOpenBeforeTheyAreNeededAndNoOthers() {
        World world = World.ofNodes("n1");
        assertThat(world.decide("n1").layer2()).containsOnlyKeys("eth1");
        world.segments("n1", Prefix.parse("10.0.0.0/24"), Prefix.parse("203.0.113.0/24"));
        assertThat(world.decide("n1").layer2())
                .as("a pool that only BGP announces needs no open interface")
                .isEmpty();
        world.segments("n1", Prefix.parse("192.168.50.208/29"));
        assertThat(world.decide("n1").layer2())
                .as("a network inside the pool's range")
                .containsOnlyKeys("eth1");
    }

    @Test
    void bothFamiliesOfAServiceSitOnOneNode() {
        World world = three();
        for (int i = 200; i < 220; i++) {
            world.service("web-" + i, "192.168.50." + i, "fd50::" + i);
        }
        Set<String> owners = new TreeSet<>();
        for (int i = 200; i < 220; i++) {
            assertThat(world.owner("fd50::" + i)).isEqualTo(world.owner("192.168.50." + i));
            owners.add(world.owner("192.168.50." + i));
        }
        assertThat(owners).containsExactly("n1", "n2", "n3");
    }

    @Test
    void addressesStayOnOneNodeWhereTheyAreSharedAndStayUpWhenNoNodeCanTakeBoth() {
        World world = World.ofNodes("n1", "n2")
                .segments("n1", World.LAN)
                .segments("n2", World.LAN6)
                .service("web", V4, V6);
        assertThat(world.owner(V4)).isEqualTo("n1");
        assertThat(world.owner(V6)).isEqualTo("n2");
        world.node("n3");
        assertThat(world.owner(V4)).as("n3 can take both").isEqualTo("n3");
        assertThat(world.owner(V6)).isEqualTo("n3");
    }

    @Test
    void theOwnersSpeakerDiesAndOnlyItsAddressesMove() {
        World world = three().service("web", V4);
        String owner = world.owner(V4);
        world.speakerDies(owner);
        String next = world.decision(anyBut(owner), V4).owner().orElseThrow();
        assertThat(next).isNotEqualTo(owner);
        assertThat(world.decision(next, V4).layer2().get(owner)).isEqualTo(SPEAKER_NOT_ALIVE);
        assertThat(world.decide(next).layer2().get("eth1")).contains(Ip.parse(V4));
    }

    @Test
    void aCordonedOwnerHandsOverButServesWhenAllAreCordoned() {
        World world = three().service("web", V4);
        String first = world.owner(V4);
        world.cordon(first);
        String second = world.owner(V4);
        assertThat(second).isNotEqualTo(first);
        assertThat(world.layer2(first, V4)).isEqualTo(OTHER_NODE_OWNS);
        world.cordon("n1").cordon("n2").cordon("n3");
        assertThat(world.owner(V4)).isEqualTo(first);
    }

    @Test
    void aNodeThatMayNotAnnounceSaysWhy() {
        World world = three().service("web", V4);
        world.node("n1", facts -> new NodeFacts("n1", true, false, false));
        world.node("n2", facts -> new NodeFacts("n2", false, true, false));
        assertThat(world.layer2("n1", V4)).isEqualTo(NODE_EXCLUDED);
        assertThat(world.layer2("n2", V4)).isEqualTo(NETWORK_UNAVAILABLE);
        assertThat(world.owner(V4)).isEqualTo("n3");
        world.nodeGone("n3");
        assertThat(world.owner(V4)).isEqualTo("nobody");
        assertThat(world.layer2("n3", V4)).isEqualTo(NODE_UNKNOWN);
    }

    @Test
    void aNodeWithoutAnInterfaceInTheSubnetIsNoCandidate() {
        World world = three().service("web", V4);
        world.segments("n1", Prefix.parse("10.0.0.0/24")).segments("n2", World.LAN6);
        assertThat(world.owner(V4)).isEqualTo("n3");
        assertThat(world.layer2("n1", V4)).isEqualTo(NO_INTERFACE_IN_SUBNET);
        assertThat(world.layer2("n2", V4)).isEqualTo(NO_INTERFACE_IN_SUBNET);
    }

    @Test
    void anInterfaceThatIsDownDoesNotAnnounce() {
        World world = World.ofNodes("n1").service("web", V4);
        NodeView up = world.viewOf("n1");
        NodeView down = new NodeView(
                up.self(),
                up.config(),
                up.services(),
                up.nodes(),
                up.speakers(),
                List.of(new LinkFacts("eth1", List.of(World.LAN), false)));
        assertThat(Announcement.decide(up).layer2()).containsOnlyKeys("eth1");
        assertThat(Announcement.decide(down).layer2()).isEmpty();
    }

    @Test
    void withPolicyLocalOnlyNodesWithAnEndpointAreCandidates() {
        World world = three().local("web", Set.of("n2"), V4);
        assertThat(world.owner(V4)).isEqualTo("n2");
        assertThat(world.layer2("n1", V4)).isEqualTo(NO_LOCAL_ENDPOINT);
        world.local("web", Set.of("n3"), V4);
        assertThat(world.owner(V4)).isEqualTo("n3");
    }

    @Test
    void withoutAnEndpointAnywhereNobodyAnnounces() {
        World cluster = three().service("web", TrafficPolicy.CLUSTER, Set.of(), V4);
        World local = three().local("web", Set.of(), V4);
        assertThat(cluster.owner(V4)).isEqualTo("nobody");
        assertThat(cluster.layer2("n1", V4)).isEqualTo(NO_ENDPOINT);
        assertThat(local.layer2("n1", V4)).isEqualTo(NO_ENDPOINT);
    }

    @Test
    void servicesThatShareAnAddressAreServedWhereMostOfThemHaveEndpoints() {
        World world = three().local("a", Set.of("n1", "n2"), V4).local("b", Set.of("n2", "n3"), V4);
        assertThat(world.owner(V4)).isEqualTo("n2");
        assertThat(world.decision("n1", V4).services())
                .containsExactly(new ServiceKey("default", "a"), new ServiceKey("default", "b"));
        world.local("b", Set.of("n3"), V4);
        assertThat(world.owner(V4)).as("no node serves both, yet it stays up").isIn("n1", "n2", "n3");
        world.local("b", Set.of(), V4);
        assertThat(world.owner(V4))
                .as("a Service without endpoints takes nothing from the other")
                .isIn("n1", "n2");
    }

    @Test
    void aServiceOfAnotherClassIsNotOurs() {
        World world = three().service("web", V4).withClass("web", "example.com/other");
        assertThat(world.layer2("n1", V4)).isEqualTo(NOT_OUR_CLASS);
        assertThat(world.bgp("n1", V4)).isEqualTo(NOT_OUR_CLASS);
        world.withClass("web", "clarion.dev/loadbalancer");
        assertThat(world.owner(V4)).isNotEqualTo("nobody");
    }

    @Test
    void aServiceWithoutAClassIsOursOnceTheControllerTookItOn() {
        World world = three().service("web", V4).withoutClass("web");
        assertThat(world.layer2("n1", V4)).as("MetalLB may serve it").isEqualTo(NOT_TAKEN_ON);
        assertThat(world.bgp("n1", V4)).isEqualTo(NOT_TAKEN_ON);
        world.allocatedFrom("web", "lan");
        assertThat(world.owner(V4)).isNotEqualTo("nobody");
    }

    @Test
    void anAddressOutsideThePoolsIsAnnouncedOnlyIfTheControllerNotedItsPool() {
        World world = three().service("web", "192.168.50.77");
        assertThat(world.layer2("n1", "192.168.50.77")).isEqualTo(ADDRESS_NOT_IN_POOL);
        world.allocatedFrom("web", "lan");
        assertThat(world.owner("192.168.50.77")).isNotEqualTo("nobody");
        assertThat(world.decision("n1", "192.168.50.77").pool()).contains("lan");
    }

    @Test
    void aPoolThatNoAdvertisementSelectsIsNotAnnounced() {
        World world = three().service("web", V4);
        world.config(c -> new Config(c.ipAddressPools(), List.of(), c.bgpPeers(), c.bgpAdvertisements()));
        assertThat(world.layer2("n1", V4)).isEqualTo(NO_ADVERTISEMENT);
        assertThat(world.owner(V4)).isEqualTo("nobody");
    }

    @Test
    void aNewNodeTakesOnlyWhatItWins() {
        World world = three();
        for (int i = 200; i < 220; i++) {
            world.service("web-" + i, "192.168.50." + i);
        }
        List<String> before = owners(world);
        List<String> after = owners(world.node("n4"));
        int moved = 0;
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                assertThat(after.get(i)).isEqualTo("n4");
                moved++;
            }
        }
        assertThat(moved).isBetween(1, 12);
    }

    private static List<String> owners(World world) {
        return world.decide("n1").decisions().values().stream()
                .map(decision -> decision.owner().orElse("nobody"))
                .toList();
    }

    @Test
    void whatAdvertisementsSelectHoldsWithoutHeartbeatsToo() {
        World world = three().service("web", V4);
        world.node("n2", facts -> new NodeFacts("n2", false, false, false, false, Map.of("rack", "a")));
        world.config(c -> new Config(
                c.ipAddressPools(),
                List.of(new L2Advertisement(
                        "a",
                        List.of("lan"),
                        List.of(),
                        List.of(new LabelSelector(Map.of("rack", "a"), List.of())),
                        List.of(),
                        List.of(),
                        List.of())),
                c.bgpPeers(),
                c.bgpAdvertisements()));
        assertThat(world.owner(V4)).isEqualTo("n2");
        assertThat(world.layer2("n1", V4)).isEqualTo(AnnouncementReason.NODE_NOT_SELECTED);
    }
}
