package dev.clarion.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults in path attributes: what is ignored, what withdraws, what ends the session (RFC 7606). */
class UpdateFaultsTest {
    private static final WireContext EBGP = new WireContext(true, true);
    private static final WireContext IBGP = new WireContext(true, false);

    private static final String ORIGIN = "40 01 01 00";
    private static final String PATH = "40 02 06 02 01 0000fc00";
    private static final String HOP = "40 03 04 0a000001";
    private static final String GOOD = ORIGIN + PATH + HOP;
    private static final String ONE_PREFIX = "08 0a";

    static Stream<Arguments> tolerated() {
        return Stream.of(
                fault("ORIGIN of two octets", "40 01 02 0000" + PATH + HOP, withdraw(1, BgpError.INVALID_ORIGIN)),
                fault("ORIGIN 3", "40 01 01 03" + PATH + HOP, withdraw(1, BgpError.INVALID_ORIGIN)),
                fault(
                        "an empty path segment",
                        ORIGIN + "40 02 02 02 00" + HOP,
                        withdraw(2, BgpError.MALFORMED_AS_PATH)),
                fault(
                        "a path segment of type 9",
                        ORIGIN + "40 02 06 09 01 0000fc00" + HOP,
                        withdraw(2, BgpError.MALFORMED_AS_PATH)),
                fault(
                        "a path segment cut short",
                        ORIGIN + "40 02 05 02 01 0000fc" + HOP,
                        withdraw(2, BgpError.MALFORMED_AS_PATH)),
                fault(
                        "NEXT_HOP of three octets",
                        ORIGIN + PATH + "40 03 03 0a0000",
                        withdraw(3, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault("MED of five octets", GOOD + "80 04 05 0000000000", withdraw(4, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault("COMMUNITIES of no octets", GOOD + "c0 08 00", withdraw(8, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault(
                        "COMMUNITIES of five octets",
                        GOOD + "c0 08 05 0000000000",
                        withdraw(8, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault(
                        "extended communities of four octets",
                        GOOD + "c0 10 04 00000000",
                        withdraw(16, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault(
                        "large communities of eight octets",
                        GOOD + "c0 20 08 0000000000000000",
                        withdraw(32, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault(
                        "ORIGIN marked optional",
                        "c0 01 01 00" + PATH + HOP,
                        withdraw(1, BgpError.ATTRIBUTE_FLAGS_ERROR)),
                fault("no ORIGIN", PATH + HOP, withdraw(0, BgpError.MISSING_WELL_KNOWN_ATTRIBUTE)),
                fault("no NEXT_HOP", ORIGIN + PATH, withdraw(0, BgpError.MISSING_WELL_KNOWN_ATTRIBUTE)),
                fault(
                        "an attribute beyond the list",
                        GOOD + "c0 08 09 00",
                        withdraw(0, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault("half an attribute header", GOOD + "c0 08", withdraw(0, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault(
                        "LOCAL_PREF from an eBGP peer",
                        GOOD + "40 05 04 00000064",
                        discard(5, BgpError.OPTIONAL_ATTRIBUTE_ERROR)),
                fault(
                        "ATOMIC_AGGREGATE with a value",
                        GOOD + "40 06 01 00",
                        discard(6, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault(
                        "AGGREGATOR of six octets",
                        GOOD + "c0 07 06 000000000000",
                        discard(7, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault("AS4_PATH cut short", GOOD + "c0 11 03 020100", discard(17, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault(
                        "ORIGINATOR_ID from an eBGP peer",
                        GOOD + "80 09 04 0a000001",
                        discard(9, BgpError.ATTRIBUTE_LENGTH_ERROR)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tolerated")
    void leavesTheSessionUp(String name, String attributes, AttributeFault fault) {
        Decoded decoded = Messages.decode(Hex.update("", attributes, ONE_PREFIX), EBGP);
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Accepted.class,
                        accepted -> assertThat(accepted.faults()).contains(fault));
    }

    static Stream<Arguments> fatal() {
        String reach = "80 0e 0a 0002 01 10 fd30 0000 0000";
        return Stream.of(
                Arguments.of("MP_REACH cut short", reach, ONE_PREFIX, BgpError.OPTIONAL_ATTRIBUTE_ERROR),
                Arguments.of(
                        "a next hop of five octets",
                        "80 0e 0a 0002 01 05 0a00000100 00",
                        ONE_PREFIX,
                        BgpError.MALFORMED_ATTRIBUTE_LIST),
                Arguments.of(
                        "an IPv6 prefix of 129 bits",
                        "80 0f 04 0002 01 81",
                        ONE_PREFIX,
                        BgpError.OPTIONAL_ATTRIBUTE_ERROR),
                Arguments.of(
                        "MP_UNREACH twice",
                        "80 0f 03 0002 01 80 0f 03 0002 01",
                        ONE_PREFIX,
                        BgpError.MALFORMED_ATTRIBUTE_LIST),
                Arguments.of("a fault where nothing is announced", "40 01 01 09" + PATH, "", BgpError.INVALID_ORIGIN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fatal")
    void endsTheSession(String name, String attributes, String announced, BgpError error) {
        String rest = announced.isEmpty() ? "" : GOOD;
        assertThat(Messages.decode(Hex.update("", attributes + rest, announced), EBGP))
                .isEqualTo(new Decoded.Refused(Notification.of(error)));
    }

    @Test
    void unknownOptionalAttributesAreTakenWhateverTheirBytes() {
        Decoded decoded = Messages.decode(Hex.update("", GOOD + "e0 63 03 010203", ONE_PREFIX), EBGP);
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Accepted.class, accepted -> {
            assertThat(accepted.faults()).isEmpty();
            assertThat(((Update) accepted.message()).attributes())
                    .contains(new OpaqueAttribute(0xe0, 99, Bytes.of(Hex.bytes("010203"))));
        });
    }

    @Test
    void ofTwoEqualAttributesTheFirstCounts() {
        Decoded decoded = Messages.decode(Hex.update("", GOOD + "40 01 01 02", ONE_PREFIX), EBGP);
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Accepted.class,
                        accepted -> assertThat(((Update) accepted.message()).attributes())
                                .contains(Origin.IGP)
                                .doesNotContain(Origin.INCOMPLETE));
    }

    @Test
    void anInternalPeerMustSendLocalPref() {
        Decoded decoded = Messages.decode(Hex.update("", GOOD, ONE_PREFIX), IBGP);
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Accepted.class,
                        accepted -> assertThat(accepted.faults())
                                .isEqualTo(List.of(withdraw(0, BgpError.MISSING_WELL_KNOWN_ATTRIBUTE))));
    }

    private static Arguments fault(String name, String attributes, AttributeFault fault) {
        return Arguments.of(name, attributes, fault);
    }

    private static AttributeFault withdraw(int attribute, BgpError error) {
        return new AttributeFault.Withdraw(attribute, error);
    }

    private static AttributeFault discard(int attribute, BgpError error) {
        return new AttributeFault.Discard(attribute, error);
    }
}
