package dev.clarion.announcement;

import static dev.clarion.announcement.AnnouncementReason.ANNOUNCED;
import static dev.clarion.announcement.AnnouncementReason.NODE_EXCLUDED;
import static dev.clarion.announcement.AnnouncementReason.NO_ADVERTISEMENT;
import static dev.clarion.announcement.AnnouncementReason.NO_ENDPOINT;
import static dev.clarion.announcement.AnnouncementReason.NO_LOCAL_ENDPOINT;
import static dev.clarion.announcement.AnnouncementReason.NO_PEER;
import static dev.clarion.announcement.AnnouncementReason.OTHER_NODES_SERVE_MORE;
import static dev.clarion.announcement.AnnouncementReason.SPEAKER_NOT_ALIVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.config.BgpAdvertisement;
import dev.clarion.config.Config;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BgpScenarioTest {
    private static final String V4 = "203.0.113.7";
    private static final String V6 = "2001:db8:113::7";

    private static World three() {
        return World.ofNodes("n1", "n2", "n3");
    }

    @Test
    void everyNodeAnnouncesAHostRouteToEachPeerWhoseFamilyFits() {
        World world = three().service("web", V4, V6);
        for (String node : List.of("n1", "n2", "n3")) {
            Intent intent = world.decide(node);
            assertThat(intent.bgp()).containsOnlyKeys("router-v4", "router-v6");
            assertThat(intent.bgp().get("router-v4")).containsExactly(Prefix.parse(V4 + "/32"));
            assertThat(intent.bgp().get("router-v6")).containsExactly(Prefix.parse(V6 + "/128"));
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
        assertThat(intent.bgp().get("other-v4")).containsExactly(Prefix.parse(V4 + "/32"));
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
        assertThat(world.decide("n1").bgp().get("router-v4")).isEmpty();
        assertThat(world.decision("n2", V4).bgp())
                .containsEntry("n3", SPEAKER_NOT_ALIVE)
                .containsEntry("n2", ANNOUNCED);
    }

    @Test
    void aCordonedNodeStillAnnounces() {
        World world = three().service("web", V4).cordon("n1");
        assertThat(world.bgp("n1", V4)).isEqualTo(ANNOUNCED);
    }
}
