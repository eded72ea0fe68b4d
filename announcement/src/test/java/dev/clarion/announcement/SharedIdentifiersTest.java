package dev.clarion.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.announcement.SharedIdentifiers.Shared;
import dev.clarion.config.BgpPeer;
import dev.clarion.config.Config;
import dev.clarion.config.LabelSelector;
import dev.clarion.config.Neighbor;
import dev.clarion.config.RemoteAs;
import dev.clarion.net.Ip;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Nodes n1, n2 and n3, each in a rack of its own (1, 2 and 3), and what n1 says. */
class SharedIdentifiersTest {
    private static final Neighbor ROUTER = at("192.168.50.254");

    private final Map<String, Ip> identifiers =
            new HashMap<>(Map.of("n1", Ip.parse("10.0.0.1"), "n2", Ip.parse("10.0.0.2"), "n3", Ip.parse("10.0.0.3")));
    private final Map<String, NodeFacts> nodes = new HashMap<>();

    SharedIdentifiersTest() {
        for (String number : List.of("1", "2", "3")) {
            String name = "n" + number;
            nodes.put(name, new NodeFacts(name, false, false, false, false, Map.of("rack", number)));
        }
    }

    /** A peer with what matters here. */
    private record Peer(
            String name,
            Neighbor neighbor,
            Optional<String> id,
            long as,
            OptionalLong localAs,
            int port,
            Optional<String> vrf,
            List<String> racks) {
        static Peer of(String name) {
            return new Peer(
                    name, ROUTER, Optional.empty(), 64_513, OptionalLong.empty(), 179, Optional.empty(), List.of());
        }

        Peer neighbor(Neighbor other) {
            return new Peer(name, other, id, as, localAs, port, vrf, racks);
        }

        Peer id(String other) {
            return new Peer(name, neighbor, Optional.of(other), as, localAs, port, vrf, racks);
        }

        Peer as(long other) {
            return new Peer(name, neighbor, id, other, localAs, port, vrf, racks);
        }

        Peer localAs(long other) {
            return new Peer(name, neighbor, id, as, OptionalLong.of(other), port, vrf, racks);
        }

        Peer port(int other) {
            return new Peer(name, neighbor, id, as, localAs, other, vrf, racks);
        }

        Peer vrf(String other) {
            return new Peer(name, neighbor, id, as, localAs, port, Optional.of(other), racks);
        }

        Peer racks(String... others) {
            return new Peer(name, neighbor, id, as, localAs, port, vrf, List.of(others));
        }

        BgpPeer written() {
            return new BgpPeer(
                    name,
                    as,
                    new RemoteAs.Fixed(64_512),
                    localAs,
                    neighbor,
                    Optional.empty(),
                    port,
                    BgpPeer.DEFAULT_HOLD_TIME,
                    Optional.empty(),
                    Optional.empty(),
                    id.map(Ip::parse),
                    racks.stream()
                            .map(rack -> new LabelSelector(Map.of("rack", rack), List.of()))
                            .toList(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    false,
                    vrf,
                    false,
                    false,
                    OptionalInt.empty(),
                    Optional.empty());
        }
    }

    private static Neighbor at(String address) {
        return new Neighbor.Address(Ip.parse(address));
    }

    private Map<String, Shared> found(Peer... peers) {
        Config config = new Config(
                List.of(), List.of(), Arrays.stream(peers).map(Peer::written).toList(), List.of());
        return SharedIdentifiers.of("n1", config, nodes, identifiers);
    }

    private static Shared shared(String identifier, String... others) {
        return new Shared(Ip.parse(identifier), new TreeSet<>(List.of(others)));
    }

    @Test
    void nodesWithAnIdentifierOfTheirOwnShareNone() {
        assertThat(found(Peer.of("r"))).isEmpty();
    }

    @Test
    void anIdentifierThatAPeerNamesIsThatOfEveryNodeThatThePeerSelects() {
        Peer peer = Peer.of("r").id("192.0.2.1");
        assertThat(found(peer)).isEqualTo(Map.of("r", shared("192.0.2.1", "n2", "n3")));
        assertThat(found(peer.racks("1", "3"))).isEqualTo(Map.of("r", shared("192.0.2.1", "n3")));
        assertThat(found(peer.racks("1"))).isEmpty();
        assertThat(found(peer.racks("2", "3"))).isEmpty();
    }

    @Test
    void anIdentifierForEachNodeIsWhatToDoAboutIt() {
        assertThat(found(
                        Peer.of("one").id("192.0.2.1").racks("1"),
                        Peer.of("two").id("192.0.2.2").racks("2"),
                        Peer.of("three").id("192.0.2.3").racks("3")))
                .isEmpty();
    }

    @Test
    void peersOfAnyNameThatAreOneRouterCount() {
        Peer one = Peer.of("one").id("192.0.2.1").racks("1");
        Peer two = Peer.of("two").id("192.0.2.1").racks("2");
        assertThat(found(one, two)).isEqualTo(Map.of("one", shared("192.0.2.1", "n2")));
        assertThat(found(one, two.neighbor(at("192.168.50.253")))).isEmpty();
        assertThat(found(one, two.port(1790))).isEmpty();
        assertThat(found(one, two.vrf("red"))).isEmpty();
        assertThat(found(one.vrf("red"), two.vrf("red"))).containsOnlyKeys("one");
    }

    @Test
    void interfacesOfOneNameCountAsOneRouter() {
        assertThat(found(Peer.of("r").neighbor(new Neighbor.OnInterface("eth1")).id("192.0.2.1")))
                .containsOnlyKeys("r");
    }

    @Test
    void anIdentifierMustBeUniqueWithinTheAsAndNoFurther() {
        Peer one = Peer.of("one").id("192.0.2.1").racks("1");
        Peer two = Peer.of("two").id("192.0.2.1").racks("2");
        assertThat(found(one, two.as(64_999))).isEmpty();
        assertThat(found(one, two.as(64_999).localAs(64_513))).containsOnlyKeys("one");
        assertThat(found(one.localAs(64_998), two.localAs(64_999))).isEmpty();
    }

    @Test
    void theIdentifierThatAPeerNamesMayBeAnotherNodesOwn() {
        assertThat(found(
                        Peer.of("one").id("10.0.0.2").racks("1"), Peer.of("two").racks("2")))
                .isEqualTo(Map.of("one", shared("10.0.0.2", "n2")));
        assertThat(found(
                        Peer.of("one").racks("1"), Peer.of("two").id("10.0.0.1").racks("2")))
                .isEqualTo(Map.of("one", shared("10.0.0.1", "n2")));
    }

    @Test
    void nodesThatHaveOneAddressShareItTowardsEveryPeerThatNamesNone() {
        identifiers.put("n3", Ip.parse("10.0.0.1"));
        assertThat(found(
                        Peer.of("r"),
                        Peer.of("s").neighbor(at("192.168.50.253")),
                        Peer.of("t")
                                .neighbor(at("192.168.50.252"))
                                .id("192.0.2.1")
                                .racks("1")))
                .isEqualTo(Map.of("r", shared("10.0.0.1", "n3"), "s", shared("10.0.0.1", "n3")));
    }

    @Test
    void nodesWithoutSpeakerOrNodeObjectShareNothing() {
        Peer peer = Peer.of("r").id("192.0.2.1");
        identifiers.remove("n2");
        nodes.remove("n3");
        assertThat(found(peer)).isEmpty();
    }
}
