package dev.clarion.announcement;

import static dev.clarion.announcement.AnnouncementReason.ANNOUNCED;
import static dev.clarion.announcement.AnnouncementReason.DATA_PLANE_NOT_READY;
import static dev.clarion.announcement.AnnouncementReason.NODE_EXCLUDED;
import static dev.clarion.announcement.AnnouncementReason.NODE_LEAVING;
import static dev.clarion.announcement.AnnouncementReason.NODE_NOT_SELECTED;
import static dev.clarion.announcement.AnnouncementReason.NO_ADVERTISEMENT;
import static dev.clarion.announcement.AnnouncementReason.NO_ENDPOINT;
import static dev.clarion.announcement.AnnouncementReason.NO_LOCAL_ENDPOINT;
import static dev.clarion.announcement.AnnouncementReason.NO_PEER;
import static dev.clarion.announcement.AnnouncementReason.OTHER_NODES_SERVE_MORE;
import static dev.clarion.announcement.AnnouncementReason.SPEAKER_NOT_ALIVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.config.BgpAdvertisement;
import dev.clarion.config.BgpPeer;
import dev.clarion.config.Community;
import dev.clarion.config.CommunityAlias;
import dev.clarion.config.Config;
import dev.clarion.config.LabelSelector;
import dev.clarion.config.Neighbor;
import dev.clarion.config.RemoteAs;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BgpScenarioTest {
    private static final String V4 = "203.0.113.7";
    private static final String V6 = "2001:db8:113::7";
    private static final Prefix HOST4 = Prefix.parse(V4 + "/32");
    private static final Prefix HOST6 = Prefix.parse(V6 + "/128");

    private static World three() {
        return World.ofNodes("n1", "n2", "n3");
    }

    @Test
    void everyNodeAnnouncesAHostRouteToEachPeerWhoseFamilyFits() {
        World world = three().service("web", V4, V6);
        for (String node : List.of("n1", "n2", "n3")) {
            Intent intent = world.decide(node);
            assertThat(intent.bgp()).containsOnlyKeys("router-v4", "router-v6");
            assertThat(intent.bgp().get("router-v4")).containsOnlyKeys(HOST4);
            assertThat(intent.bgp().get("router-v6")).containsOnlyKeys(HOST6);
            assertThat(world.decision("n1", V4).bgp()).containsEntry(node, ANNOUNCED);
        }
    }

    @Test
    void aSessionStandsBeforeThereIsARouteForIt() {
        assertThat(three().decide("n1").bgp().get("router-v4")).isEmpty();
    }

    @Test
    void theKindsOfAdvertisementDoNotMix() {
        World world = three().service("web", V4).service("lan", "192.168.50.200");
        assertThat(world.layer2("n1", V4)).isEqualTo(NO_ADVERTISEMENT);
        assertThat(world.bgp("n1", "192.168.50.200")).isEqualTo(NO_ADVERTISEMENT);
        assertThat(world.decide("n1").layer2().values())
                .allSatisfy(addresses -> assertThat(addresses)
                        .noneMatch(address -> address.toString().equals(V4)));
    }

    @Test
    void anAdvertisementThatNamesPeersGoesToThoseOnly() {
        World world = three().service("web", V4, V6);
        world.config(c -> new Config(
                c.ipAddressPools(),
                c.l2Advertisements(),
                List.of(World.peer("router-v4", "192.168.50.254"), World.peer("other-v4", "192.168.50.253")),
                List.of(new BgpAdvertisement("routed", List.of("routed"), List.of("other-v4")))));
        Intent intent = world.decide("n1");
        assertThat(intent.bgp().get("router-v4")).isEmpty();
        assertThat(intent.bgp().get("other-v4")).containsOnlyKeys(HOST4);
        assertThat(world.bgp("n1", V6)).isEqualTo(NO_PEER);
    }

    @Test
    void policyLocalAnnouncesFromNodesWithAnEndpoint() {
        World world = three().local("web", Set.of("n2"), V4);
        assertThat(world.bgp("n2", V4)).isEqualTo(ANNOUNCED);
        assertThat(world.bgp("n1", V4)).isEqualTo(NO_LOCAL_ENDPOINT);
        assertThat(world.decide("n1").bgp().get("router-v4")).isEmpty();
        world.local("web", Set.of(), V4);
        assertThat(world.bgp("n2", V4)).isEqualTo(NO_ENDPOINT);
        assertThat(world.decide("n2").bgp().get("router-v4")).isEmpty();
    }

    @Test
    void whereServicesShareAnAddressOnlyNodesThatServeMostOfThemAnnounceIt() {
        World world = three().local("a", Set.of("n1", "n2"), V4).local("b", Set.of("n2"), V4);
        assertThat(world.bgp("n2", V4)).isEqualTo(ANNOUNCED);
        assertThat(world.bgp("n1", V4)).isEqualTo(OTHER_NODES_SERVE_MORE);
        assertThat(world.decide("n1").bgp().get("router-v4")).isEmpty();
    }

    @Test
    void excludedAndDeadNodesSayWhy() {
        World world = three().service("web", V4).speakerDies("n3");
        world.node("n1", facts -> new NodeFacts("n1", true, false, false));
        assertThat(world.bgp("n1", V4)).isEqualTo(NODE_EXCLUDED);
        assertThat(world.decision("n1", V4).peers()).isEmpty();
        assertThat(world.decision("n2", V4).bgp())
                .containsEntry("n3", SPEAKER_NOT_ALIVE)
                .containsEntry("n2", ANNOUNCED);
    }

    @Test
    void aCordonedNodeStillAnnounces() {
        World world = three().service("web", V4).cordon("n1");
        assertThat(world.bgp("n1", V4)).isEqualTo(ANNOUNCED);
    }

    private static BgpPeer peer(String name, Neighbor neighbor, boolean bothFamilies, LabelSelector... nodes) {
        return new BgpPeer(
                name,
                64513,
                new RemoteAs.Fixed(64512),
                OptionalLong.empty(),
                neighbor,
                Optional.empty(),
                BgpPeer.DEFAULT_PORT,
                BgpPeer.DEFAULT_HOLD_TIME,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(nodes),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                bothFamilies,
                false,
                OptionalInt.empty(),
                Optional.empty());
    }

    private static Neighbor at(String address) {
        return new Neighbor.Address(Ip.parse(address));
    }

    private static BgpAdvertisement to(String... peers) {
        return new BgpAdvertisement("of-" + String.join("-", peers), List.of("routed"), List.of(peers));
    }

    private static LabelSelector labelled(String key, String value) {
        return new LabelSelector(Map.of(key, value), List.of());
    }

    private static World of(List<BgpPeer> peers, BgpAdvertisement... advertisements) {
        return three().config(c -> new Config(
                c.ipAddressPools(),
                c.l2Advertisements(),
                peers,
                List.of(advertisements),
                List.of(),
                List.of(new CommunityAlias("no-export", new Community.Standard(65535, 65281))),
                List.of(),
                List.of()));
    }

    private static final List<BgpPeer> ROUTER = List.of(World.peer("r", "192.168.50.254"));

    private static BgpRoute route(Intent intent, String peer, Prefix prefix) {
        BgpRoute route = intent.bgp().getOrDefault(peer, new TreeMap<>()).get(prefix);
        if (route == null) {
            throw new AssertionError(peer + " does not get " + prefix + " of " + intent.bgp());
        }
        return route;
    }

    private static BgpAdvertisement marked(
            String name, int length, long localPref, List<Community> communities, LabelSelector... services) {
        return new BgpAdvertisement(
                name,
                List.of("routed"),
                List.of(),
                length,
                BgpAdvertisement.HOST_LENGTH_V6,
                localPref,
                communities,
                List.of(),
                List.of(),
                List.of(services));
    }

    @Test
    void aPeerWithNodeSelectorsHasASessionWithThoseNodesOnly() {
        World world = of(
                        List.of(
                                peer("rack-a", at("192.168.50.254"), false, labelled("rack", "a")),
                                peer("rack-b", at("192.168.50.253"), false, labelled("rack", "b"))),
                        to())
                .service("web", V4);
        world.node("n1", facts -> new NodeFacts("n1", false, false, false, false, Map.of("rack", "a")));
        world.node("n2", facts -> new NodeFacts("n2", false, false, false, false, Map.of("rack", "b")));
        assertThat(world.decide("n1").bgp()).containsOnlyKeys("rack-a");
        assertThat(world.decide("n2").bgp()).containsOnlyKeys("rack-b");
        assertThat(world.decide("n3").bgp()).isEmpty();
        assertThat(world.decision("n1", V4).bgp())
                .containsEntry("n1", ANNOUNCED)
                .containsEntry("n2", ANNOUNCED)
                .containsEntry("n3", NO_PEER);
        assertThat(world.decision("n1", V4).peers()).containsExactly("rack-a");
    }

    @Test
    void anAdvertisementWithNodeSelectorsAnnouncesFromThoseNodesOnly() {
        BgpAdvertisement fromA = new BgpAdvertisement(
                "a",
                List.of("routed"),
                List.of(),
                32,
                128,
                0,
                List.of(),
                List.of(),
                List.of(labelled("rack", "a")),
                List.of());
        World world = of(ROUTER, fromA).service("web", V4);
        world.node("n1", facts -> new NodeFacts("n1", false, false, false, false, Map.of("rack", "a")));
        assertThat(world.bgp("n1", V4)).isEqualTo(ANNOUNCED);
        assertThat(world.bgp("n2", V4)).isEqualTo(NODE_NOT_SELECTED);
        assertThat(world.decide("n2").bgp().get("r")).isEmpty();
    }

    @Test
    void anAdvertisementWithServiceSelectorsAnnouncesThoseServicesOnly() {
        World world = of(ROUTER, marked("gold", 32, 0, List.of(), labelled("tier", "gold")))
                .service("web", V4)
                .service("plain", "203.0.113.8")
                .labels("web", Map.of("tier", "gold"));
        assertThat(world.bgp("n1", V4)).isEqualTo(ANNOUNCED);
        assertThat(world.bgp("n1", "203.0.113.8")).isEqualTo(NO_ADVERTISEMENT);
        assertThat(world.decide("n1").bgp().get("r")).containsOnlyKeys(HOST4);
    }

    @Test
    void addressesOfOnePrefixAreOneRouteAndThatStaysWhileOneOfThemIsServed() {
        World world = of(ROUTER, marked("sum", 24, 0, List.of()))
                .local("a", Set.of("n1"), V4)
                .local("b", Set.of("n1", "n2"), "203.0.113.8");
        Prefix sum = Prefix.parse("203.0.113.0/24");
        assertThat(world.decide("n1").bgp().get("r")).containsOnlyKeys(sum);
        assertThat(world.decide("n2").bgp().get("r")).containsOnlyKeys(sum);
        world.local("b", Set.of(), "203.0.113.8");
        assertThat(world.decide("n1").bgp().get("r")).containsOnlyKeys(sum);
        assertThat(world.decide("n2").bgp().get("r")).isEmpty();
    }

    @Test
    void twoAdvertisementsOfDifferentLengthAnnounceBoth() {
        World world = of(ROUTER, marked("host", 32, 0, List.of()), marked("sum", 24, 0, List.of()))
                .service("web", V4);
        assertThat(world.decide("n1").bgp().get("r")).containsOnlyKeys(HOST4, Prefix.parse("203.0.113.0/24"));
    }

    @Test
    void advertisementsOfOneRouteAreUnitedAndTheHigherPreferenceCounts() {
        Community.Large large = new Community.Large(64512, 1, 2);
        World world = of(
                        ROUTER,
                        marked(
                                "one",
                                32,
                                50,
                                List.of(new Community.Standard(64512, 7), new Community.Alias("no-export"))),
                        marked("two", 32, 200, List.of(large, new Community.Standard(64512, 7))))
                .service("web", V4);
        assertThat(route(world.decide("n1"), "r", HOST4))
                .isEqualTo(new BgpRoute(
                        HOST4,
                        200,
                        Set.of(new Community.Standard(64512, 7), new Community.Standard(65535, 65281), large)));
    }

    @Test
    void aDualStackPeerAndOneFoundByItsInterfaceGetBothFamilies() {
        World world = of(
                        List.of(
                                peer("dual", at("192.168.50.254"), true),
                                peer("wire", new Neighbor.OnInterface("eth2"), false)),
                        to())
                .service("web", V4, V6);
        assertThat(world.decide("n1").bgp().get("dual")).containsOnlyKeys(HOST4, HOST6);
        assertThat(world.decide("n1").bgp().get("wire")).containsOnlyKeys(HOST4, HOST6);
    }

    @Test
    void aNodeThatIsEmptiedAnnouncesAsLeavingWhatAnotherNodeAnnounces() {
        World world = three().local("web", Set.of("n1", "n2"), V4);
        world.node("n1", facts -> new NodeFacts("n1", false, false, true, true, Map.of()));
        assertThat(world.bgp("n1", V4)).isEqualTo(NODE_LEAVING);
        assertThat(route(world.decide("n1"), "router-v4", HOST4).leaving()).isTrue();
        assertThat(world.decision("n1", V4).peers()).isEmpty();
        assertThat(route(world.decide("n2"), "router-v4", HOST4).leaving()).isFalse();
    }

    @Test
    void theLastNodeThatAnnouncesDoesSoThoughItLeaves() {
        World world = three().local("web", Set.of("n1"), V4);
        world.node("n1", facts -> new NodeFacts("n1", false, false, true, true, Map.of()));
        assertThat(world.bgp("n1", V4)).isEqualTo(ANNOUNCED);
        assertThat(route(world.decide("n1"), "router-v4", HOST4).leaving()).isFalse();
    }

    @Test
    void anExcludedNodeGoesAsLeavingAndOneWithoutNetworkAtOnce() {
        World world = three().service("web", V4);
        world.node("n1", facts -> new NodeFacts("n1", true, false, false));
        world.node("n2", facts -> new NodeFacts("n2", false, true, false));
        assertThat(route(world.decide("n1"), "router-v4", HOST4).leaving()).isTrue();
        assertThat(world.decide("n2").bgp().get("router-v4")).isEmpty();
    }

    private static BgpAdvertisement weighing(String name, boolean weightByEndpoints) {
        return new BgpAdvertisement(
                name,
                List.of("routed"),
                List.of(),
                32,
                128,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                weightByEndpoints);
    }

    private static int weight(World world, String node) {
        return route(world.decide(node), "r", HOST4).weight();
    }

    @Test
    void aNodeWeighsAsMuchAsItHasEndpoints() {
        World world = of(ROUTER, weighing("w", true)).endpoints("web", Map.of("n1", 1, "n2", 3), V4);
        assertThat(weight(world, "n1")).isEqualTo(1);
        assertThat(weight(world, "n2")).isEqualTo(3);
        world.endpoints("web", Map.of("n1", 2, "n2", 0), V4);
        assertThat(weight(world, "n1")).isEqualTo(2);
        assertThat(weight(world, "n2"))
                .as("a route without a weight beside others would take all weights out of force")
                .isEqualTo(1);
    }

    @Test
    void endpointsOfAllServicesOfAnAddressCount() {
        World world = of(ROUTER, weighing("w", true))
                .endpoints("web", Map.of("n1", 1, "n2", 3), V4)
                .endpoints("dns", Map.of("n1", 4, "n2", 1), V4);
        assertThat(weight(world, "n1")).isEqualTo(5);
        assertThat(weight(world, "n2")).isEqualTo(4);
    }

    @Test
    void whereAllNodesServeAlikeNoneHasAWeight() {
        World world = of(ROUTER, weighing("w", true)).service("web", TrafficPolicy.CLUSTER, Set.of("n1", "n2"), V4);
        assertThat(weight(world, "n1")).isZero();
        assertThat(weight(world, "n3")).isZero();
    }

    @Test
    void ofSeveralAdvertisementsOneThatAsksForWeightsIsEnough() {
        World world = of(ROUTER, weighing("a", false), weighing("b", true), weighing("c", false))
                .endpoints("web", Map.of("n1", 7), V4);
        assertThat(weight(world, "n1")).isEqualTo(7);
        World plain = of(ROUTER, weighing("a", false)).endpoints("web", Map.of("n1", 7), V4);
        assertThat(weight(plain, "n1")).isZero();
    }

    @Test
    void anAddressWithoutARuleInTheKernelIsNotAnnouncedYet() {
        World world = three().service("web", V4, V6).unready(V4);
        assertThat(world.bgp("n1", V4)).isEqualTo(DATA_PLANE_NOT_READY);
        assertThat(world.bgp("n1", V6)).isEqualTo(ANNOUNCED);
        assertThat(world.decide("n1").bgp().get("router-v4")).isEmpty();
        assertThat(world.decision("n1", V4).bgp())
                .as("of others nothing is known")
                .containsEntry("n2", ANNOUNCED);
    }
}
