package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.net.Ip;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where a peer is looked for. */
class WhereaboutsTest {
    private static final Ip ONE = Ip.parse("fe80::1");
    private static final Ip TWO = Ip.parse("fe80::2");
    private static final PeerConfig ON_ETH1 = PeerConfig.on(
                    "tor", "eth1", 64_513, new PeerAs.External(), Ip.parse("10.0.0.2"))
            .build();

    @Test
    void anAddressIsWhereItIs() {
        PeerConfig config = PeerConfig.at(
                        "tor", Ip.parse("192.0.2.1"), 64_513, new PeerAs.External(), Ip.parse("10.0.0.2"))
                .build();
        assertThat(Whereabouts.of(config, Neighbors.NONE, Optional.empty()))
                .isEqualTo(new Whereabouts.Here(Ip.parse("192.0.2.1"), 0));
    }

    @Test
    void aLinkLocalAddressIsOnItsInterface() {
        PeerConfig config = PeerConfig.at(
                        "tor", Ip.parse("192.0.2.1"), 64_513, new PeerAs.External(), Ip.parse("10.0.0.2"))
                .device("eth1")
                .place(new PeerPlace.Address(ONE))
                .build();
        assertThat(Whereabouts.of(config, on(7), Optional.empty())).isEqualTo(new Whereabouts.Here(ONE, 7));
        assertThat(Whereabouts.of(config, Neighbors.NONE, Optional.empty()))
                .isEqualTo(new Whereabouts.Unknown(BgpReason.NO_INTERFACE, "there is no interface eth1"));
    }

    @Test
    void theOneRouterOfAnInterfaceIsThePeer() {
        assertThat(Whereabouts.of(ON_ETH1, on(7, ONE), Optional.empty())).isEqualTo(new Whereabouts.Here(ONE, 7));
        assertThat(reason(on(7))).isEqualTo(BgpReason.NO_NEIGHBOR);
        assertThat(reason(on(7, ONE, TWO))).isEqualTo(BgpReason.SEVERAL_NEIGHBORS);
        assertThat(reason(Neighbors.NONE)).isEqualTo(BgpReason.NO_INTERFACE);
    }

    @Test
    void aSecondRouterDoesNotDrawTheSessionAwayFromTheFirst() {
        assertThat(Whereabouts.of(ON_ETH1, on(7, ONE, TWO), Optional.of(TWO))).isEqualTo(new Whereabouts.Here(TWO, 7));
        assertThat(Whereabouts.of(ON_ETH1, on(7, ONE, TWO), Optional.of(ONE))).isEqualTo(new Whereabouts.Here(ONE, 7));
        assertThat(Whereabouts.of(ON_ETH1, on(7, ONE), Optional.of(TWO)))
                .as("the one there was is gone")
                .isEqualTo(new Whereabouts.Here(ONE, 7));
    }

    private static BgpReason reason(Neighbors neighbors) {
        return ((Whereabouts.Unknown) Whereabouts.of(ON_ETH1, neighbors, Optional.empty())).reason();
    }

    private static Neighbors on(int index, Ip... routers) {
        return new Neighbors() {
            @Override
            public OptionalInt index(String interfaceName) {
                return interfaceName.equals("eth1") ? OptionalInt.of(index) : OptionalInt.empty();
            }

            @Override
            public Set<Ip> routers(int asked) {
                return asked == index ? Set.of(routers) : Set.of();
            }
        };
    }
}
