package dev.clarion.bgp.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.ControlPacket;
import dev.clarion.bgp.bfd.wire.Discard;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose packet it is (RFC 5880 sections 6.3 and 6.8.6, RFC 5881 section 5, RFC 5883 section 5). */
class ReceptionTest {
    private static final Ip PEER = Ip.parse("192.0.2.1");
    private static final Ip OTHER = Ip.parse("192.0.2.2");
    private static final Ip LOCAL = Ip.parse("198.51.100.1");
    private static final Kind SINGLE = new Kind(IpFamily.IPV4, false, Optional.empty());
    private static final Kind MULTI = new Kind(IpFamily.IPV4, true, Optional.empty());
    private static final int SINGLE_HOP = 0x1111;
    private static final int MULTIHOP = 0x2222;

    private final Neighbor single = neighbor(BfdSessionConfig.singleHop(PEER, BfdProfile.DEFAULT), SINGLE_HOP);
    private final Neighbor multi = neighbor(BfdSessionConfig.multihop(LOCAL, PEER, BfdProfile.DEFAULT), MULTIHOP);
    private final Reception reception = new Reception();

    /** Single hop and multihop with the same peer; what comes, and who gets it or why nobody does. */
    static Stream<Arguments> arrivals() {
        return Stream.of(
                Arguments.of(SINGLE, PEER, LOCAL, 255, BfdState.DOWN, 0, "single"),
                Arguments.of(SINGLE, PEER, LOCAL, 255, BfdState.UP, SINGLE_HOP, "single"),
                Arguments.of(SINGLE, OTHER, LOCAL, 255, BfdState.UP, SINGLE_HOP, "single"),
                Arguments.of(SINGLE, PEER, LOCAL, 254, BfdState.UP, SINGLE_HOP, "NOT_FROM_THIS_LINK"),
                Arguments.of(SINGLE, PEER, LOCAL, -1, BfdState.UP, SINGLE_HOP, "NOT_FROM_THIS_LINK"),
                Arguments.of(SINGLE, PEER, LOCAL, 255, BfdState.UP, 77, "UNKNOWN_DISCRIMINATOR"),
                Arguments.of(SINGLE, PEER, LOCAL, 255, BfdState.UP, 0, "YOUR_DISCRIMINATOR_ZERO"),
                Arguments.of(SINGLE, OTHER, LOCAL, 255, BfdState.INIT, 0, "YOUR_DISCRIMINATOR_ZERO"),
                Arguments.of(SINGLE, OTHER, LOCAL, 255, BfdState.ADMIN_DOWN, 0, "STRANGER"),
                Arguments.of(SINGLE, PEER, LOCAL, 255, BfdState.UP, MULTIHOP, "WRONG_PATH"),
                Arguments.of(MULTI, PEER, LOCAL, 254, BfdState.DOWN, 0, "multi"),
                Arguments.of(MULTI, PEER, LOCAL, 255, BfdState.UP, MULTIHOP, "multi"),
                Arguments.of(MULTI, PEER, LOCAL, 253, BfdState.UP, MULTIHOP, "TOO_MANY_HOPS"),
                Arguments.of(MULTI, PEER, OTHER, 254, BfdState.DOWN, 0, "STRANGER"),
                Arguments.of(MULTI, PEER, LOCAL, 254, BfdState.UP, SINGLE_HOP, "WRONG_PATH"));
    }

    @ParameterizedTest(name = "{0} from {1} to {2}, {3} hops left, {4}, to session {5}: {6}")
    @MethodSource("arrivals")
    void aPacketGoesToItsSessionOrIsDroppedForItsReason(
            Kind kind, Ip source, Ip destination, int hops, BfdState state, int yours, String expected) {
        reception.neighbors(new Neighbor[] {single, multi});
        reception.take(kind, arrival(source, destination, hops, state, yours), 0);
        assertThat(single.session().tally().snapshot().received()).isEqualTo(expected.equals("single") ? 1 : 0);
        assertThat(multi.session().tally().snapshot().received()).isEqualTo(expected.equals("multi") ? 1 : 0);
        assertThat(reception.dropped())
                .isEqualTo(
                        List.of("single", "multi").contains(expected)
                                ? Map.of()
                                : Map.of(Discard.valueOf(expected), 1L));
    }

    @Test
    void aSessionThatIsNoLongerWantedIsNotBegunAgainByItsPeer() {
        reception.neighbors(new Neighbor[] {single});
        single.retire(0);
        reception.take(SINGLE, arrival(PEER, LOCAL, 255, BfdState.DOWN, 0), 0);
        assertThat(reception.dropped()).isEqualTo(Map.of(Discard.STRANGER, 1L));
    }

    private static Neighbor neighbor(BfdSessionConfig config, int discriminator) {
        return new Neighbor(
                config,
                List.of("key"),
                discriminator,
                new SplittableRandom(1),
                new Calls(Arena.ofAuto()),
                new SafeListener(BfdListener.NONE));
    }

    private static Arrival arrival(Ip source, Ip destination, int hops, BfdState state, int yours) {
        Arrival arrival = new Arrival(ByteBuffer.allocate(ControlPacket.LENGTH));
        new ControlPacket(0, state, false, false, false, false, 3, 9, yours, 300_000, 300_000, 0)
                .encode(arrival.octets);
        arrival.length = ControlPacket.LENGTH;
        arrival.sourceHigh = source.high();
        arrival.sourceLow = source.low();
        arrival.destinationHigh = destination.high();
        arrival.destinationLow = destination.low();
        arrival.hops = hops;
        return arrival;
    }
}
