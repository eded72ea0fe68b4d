package dev.clarion.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final Capability V4 = new Capability.MultiProtocol(Family.IPV4_UNICAST);
    private static final Capability V6 = new Capability.MultiProtocol(Family.IPV6_UNICAST);
    private static final Capability VPN = new Capability.MultiProtocol(new Family(1, 128));

    @Test
    void onlyFamiliesThatBothNameAreExchanged() {
        assertThat(agreement(open(1, V4, V6), open(2, V6, VPN)).families()).containsExactly(Family.IPV6_UNICAST);
        assertThat(agreement(open(1, V4, V6), open(2)).families()).containsExactly(Family.IPV4_UNICAST);
        assertThat(agreement(open(1, V4), open(2, V6)).families()).isEmpty();
    }

    @Test
    void aCapabilityHoldsWhenBothHaveIt() {
        Open able = open(
                1,
                new Capability.FourOctetAs(1),
                new Capability.ExtendedMessage(),
                new Capability.EnhancedRefresh(),
                ExtendedNextHop.IPV4_OVER_IPV6);
        Open bare = open(2);
        assertThat(agreement(able, able).context()).isEqualTo(new WireContext(true, false, true, true));
        assertThat(agreement(able, able).ipv4OverIpv6()).isTrue();
        for (Agreement half : List.of(agreement(able, bare), agreement(bare, able))) {
            assertThat(half.context()).isEqualTo(new WireContext(false, true, false, false));
            assertThat(half.ipv4OverIpv6()).isFalse();
        }
    }

    @Test
    void thePeerAloneDecidesWhetherItWantsEndOfRib() {
        Open knows = open(2, new GracefulRestart(false, false, 0, List.of()));
        assertThat(agreement(open(1), knows).endOfRib()).isTrue();
        assertThat(agreement(knows, open(1)).endOfRib()).isFalse();
    }

    @Test
    void theSessionIsExternalWhenTheRealNumbersDiffer() {
        Open ours = Open.of(4_200_000_000L, 90, Ip.parse("10.0.0.1"), List.of());
        Open theirs = Open.of(4_200_000_001L, 90, Ip.parse("10.0.0.2"), List.of());
        assertThat(ours.myAs()).isEqualTo(theirs.myAs());
        assertThat(agreement(ours, theirs).context().external()).isTrue();
        assertThat(agreement(ours, ours).context().external()).isFalse();
    }

    private static Agreement agreement(Open ours, Open theirs) {
        return Agreement.of(ours, theirs);
    }

    private static Open open(int as, Capability... capabilities) {
        return new Open(as, 90, Ip.parse("10.0.0.1"), List.of(capabilities));
    }
}
