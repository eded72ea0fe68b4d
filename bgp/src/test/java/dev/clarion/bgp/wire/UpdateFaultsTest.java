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

    private static final BgpError LENGTH = BgpError.ATTRIBUTE_LENGTH_ERROR;
    private static final BgpError OPTIONAL = BgpError.OPTIONAL_ATTRIBUTE_ERROR;

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
                        "ONLY TO CUSTOMER of five octets",
                        GOOD + "c0 23 05 0000fc0000",
                        withdraw(35, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault(
                        "ONLY TO CUSTOMER marked non-transitive",
                        GOOD + "80 23 04 0000fc00",
                        withdraw(35, BgpError.ATTRIBUTE_FLAGS_ERROR)),
                fault(
                        "ORIGIN marked optional",
                        "c0 01 01 00" + PATH + HOP,
                        withdraw(1, BgpError.ATTRIBUTE_FLAGS_ERROR)),
                fault("no ORIGIN", PATH + HOP, withdraw(1, BgpError.MISSING_WELL_KNOWN_ATTRIBUTE)),
                fault("no AS_PATH", ORIGIN + HOP, withdraw(2, BgpError.MISSING_WELL_KNOWN_ATTRIBUTE)),
                fault("no NEXT_HOP", ORIGIN + PATH, withdraw(3, BgpError.MISSING_WELL_KNOWN_ATTRIBUTE)),
                fault(
                        "AS 0 in the path",
                        ORIGIN + "40 02 06 02 01 00000000" + HOP,
                        withdraw(2, BgpError.MALFORMED_AS_PATH)),
                fault(
                        "COMMUNITIES marked well known",
                        GOOD + "40 08 04 00000001",
                        withdraw(8, BgpError.ATTRIBUTE_FLAGS_ERROR)),
                fault(
                        "MP_REACH marked transitive",
                        GOOD + "c0 0e 0e 0001 01 04 0a000001 00 20 cb00710a",
                        withdraw(14, BgpError.ATTRIBUTE_FLAGS_ERROR)),
                fault(
                        "NEXT_HOP marked partial is fine, MED cut short is not",
                        ORIGIN + PATH + "60 03 04 0a000001 80 04 03 000000",
                        withdraw(4, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault(
                        "an attribute beyond the list",
                        GOOD + "c0 08 09 00",
                        withdraw(0, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault("half an attribute header", GOOD + "c0 08", withdraw(0, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault("LOCAL_PREF from an eBGP peer", GOOD + "40 05 04 00000064", discard(5, OPTIONAL)),
                fault(
                        "ATOMIC_AGGREGATE with a value",
                        GOOD + "40 06 01 00",
                        discard(6, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault(
                        "AGGREGATOR of six octets",
                        GOOD + "c0 07 06 000000000000",
                        discard(7, BgpError.ATTRIBUTE_LENGTH_ERROR)),
                fault("AGGREGATOR in AS 0", GOOD + "c0 07 08 00000000 0a000001", discard(7, OPTIONAL)),
                fault(
                        "AS4_PATH from a peer with four-octet AS numbers",
                        GOOD + "c0 11 06 02 01 00010000",
                        discard(17, OPTIONAL)),
                fault(
                        "AS4_AGGREGATOR from a peer with four-octet AS numbers",
                        GOOD + "c0 12 08 00010000 0a000001",
                        discard(18, OPTIONAL)),
                fault("ORIGINATOR_ID from an eBGP peer", GOOD + "80 09 04 0a000001", discard(9, OPTIONAL)),
                fault("CLUSTER_LIST from an eBGP peer", GOOD + "80 0a 04 0a000001", discard(10, OPTIONAL)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tolerated")
    void leavesTheSessionUp(String name, String attributes, AttributeFault fault) {
        Decoded decoded = Messages.decode(Hex.update("", attributes, ONE_PREFIX), EBGP);
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Accepted.class,
                        accepted -> assertThat(accepted.faults())
                                .map(UpdateFaultsTest::withoutData)
                                .containsExactly(fault));
    }

    /** What iBGP peers send is judged by other rules (RFC 7606 sections 7.5, 7.9, 7.10). */
    static Stream<Arguments> toleratedInside() {
        String good = GOOD + "40 05 04 00000064";
        return Stream.of(
                fault("LOCAL_PREF of two octets", GOOD + "40 05 02 0064", withdraw(5, LENGTH)),
                fault("no LOCAL_PREF", GOOD, withdraw(5, BgpError.MISSING_WELL_KNOWN_ATTRIBUTE)),
                fault("ORIGINATOR_ID of five octets", good + "80 09 05 0a00000100", withdraw(9, LENGTH)),
                fault("CLUSTER_LIST of no octets", good + "80 0a 00", withdraw(10, LENGTH)),
                fault("CLUSTER_LIST of six octets", good + "80 0a 06 0a0000010a00", withdraw(10, LENGTH)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("toleratedInside")
    void leavesTheSessionWithAnInternalPeerUp(String name, String attributes, AttributeFault fault) {
        assertThat(faults(attributes, IBGP)).containsExactly(fault);
    }

    /** What only old speakers send. */
    static Stream<Arguments> toleratedOfOldSpeakers() {
        String good = ORIGIN + "40 02 04 02 01 fc00" + HOP;
        return Stream.of(
                fault("AGGREGATOR of eight octets", good + "c0 07 08 0000fc00 0a000001", discard(7, LENGTH)),
                fault("AS4_PATH cut short", good + "c0 11 03 020100", discard(17, BgpError.MALFORMED_AS_PATH)),
                fault("AS4_PATH of AS 0", good + "c0 11 06 020100000000", discard(17, BgpError.MALFORMED_AS_PATH)),
                fault("AS4_AGGREGATOR of six octets", good + "c0 12 06 fc00 0a000001", discard(18, LENGTH)),
                fault("AS4_AGGREGATOR in AS 0", good + "c0 12 08 00000000 0a000001", discard(18, OPTIONAL)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("toleratedOfOldSpeakers")
    void leavesTheSessionWithAnOldSpeakerUp(String name, String attributes, AttributeFault fault) {
        assertThat(faults(attributes, new WireContext(false, true))).containsExactly(fault);
    }

    private static List<AttributeFault> faults(String attributes, WireContext context) {
        Decoded decoded = Messages.decode(Hex.update("", attributes, ONE_PREFIX), context);
        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
        return ((Decoded.Accepted) decoded)
                .faults().stream().map(UpdateFaultsTest::withoutData).toList();
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
                Arguments.of(
                        "MP_REACH twice",
                        "80 0e 05 0019 46 00 00".repeat(2),
                        ONE_PREFIX,
                        BgpError.MALFORMED_ATTRIBUTE_LIST),
                Arguments.of(
                        "an IPv6 next hop of 24 octets",
                        "80 0e 1d 0002 01 18" + "00".repeat(24) + "00",
                        ONE_PREFIX,
                        BgpError.MALFORMED_ATTRIBUTE_LIST),
                Arguments.of(
                        "an IPv4 next hop for IPv6",
                        "80 0e 09 0002 01 04 0a000001 00",
                        ONE_PREFIX,
                        BgpError.MALFORMED_ATTRIBUTE_LIST),
                Arguments.of(
                        "an unknown attribute that everybody is said to know",
                        "40 63 01 00",
                        ONE_PREFIX,
                        BgpError.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE),
                Arguments.of(
                        "the strongest of several faults",
                        "40 06 01 00 80 04 01 00 80 0f 04 0002 01 81",
                        ONE_PREFIX,
                        BgpError.OPTIONAL_ATTRIBUTE_ERROR),
                Arguments.of("a fault where nothing is announced", "40 01 01 09" + PATH, "", BgpError.INVALID_ORIGIN),
                Arguments.of(
                        "a fault beside an MP_REACH without prefixes",
                        "80 0e 09 0001 01 04 0a000001 00" + "40 01 01 09" + PATH,
                        "",
                        BgpError.INVALID_ORIGIN),
                Arguments.of(
                        "a list cut short where nothing is announced",
                        ORIGIN + "40",
                        "",
                        BgpError.ATTRIBUTE_LENGTH_ERROR));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fatal")
    void endsTheSession(String name, String attributes, String announced, BgpError error) {
        String rest = announced.isEmpty() ? "" : GOOD;
        assertThat(Messages.decode(Hex.update("", attributes + rest, announced), EBGP))
                .isInstanceOfSatisfying(
                        Decoded.Refused.class,
                        refused -> assertThat(refused.error().error()).contains(error));
    }

    @Test
    void theNotificationCarriesTheAttributeThatItIsAbout() {
        assertThat(Messages.decode(Hex.update("", "40 63 02 0102" + GOOD, ONE_PREFIX), EBGP))
                .isEqualTo(new Decoded.Refused(Notification.of(
                        BgpError.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE, Bytes.of(Hex.bytes("40 63 02 0102")))));
        assertThat(Messages.decode(Hex.update("", "50 01 0001 09" + PATH, ""), EBGP))
                .isEqualTo(new Decoded.Refused(
                        Notification.of(BgpError.INVALID_ORIGIN, Bytes.of(Hex.bytes("50 01 0001 09")))));
        assertThat(Messages.decode(Hex.update("", "c0 01 01 00" + PATH, ""), EBGP))
                .isEqualTo(new Decoded.Refused(
                        Notification.of(BgpError.ATTRIBUTE_FLAGS_ERROR, Bytes.of(Hex.bytes("c0 01 01 00")))));
        assertThat(Messages.decode(Hex.update("", "80 0e 09 0001 01 04 0a000001 00", ""), EBGP))
                .isEqualTo(new Decoded.Refused(
                        Notification.of(BgpError.MISSING_WELL_KNOWN_ATTRIBUTE, Bytes.of((byte) 1))));
    }

    @Test
    void withdrawalsAndADiscardedAttributeAloneAreNoReasonToEndTheSession() {
        assertThat(Messages.decode(Hex.update("08 0a", "", ""), EBGP)).isInstanceOf(Decoded.Accepted.class);
        assertThat(Messages.decode(Hex.update("08 0a", "40 06 01 00", ""), EBGP))
                .isInstanceOfSatisfying(
                        Decoded.Accepted.class,
                        accepted -> assertThat(accepted.faults()).hasSize(1));
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

    private static Arguments fault(String name, String attributes, AttributeFault fault) {
        return Arguments.of(name, attributes, fault);
    }

    private static AttributeFault withdraw(int attribute, BgpError error) {
        return new AttributeFault.Withdraw(attribute, Notification.of(error));
    }

    private static AttributeFault discard(int attribute, BgpError error) {
        return new AttributeFault.Discard(attribute, Notification.of(error));
    }

    private static AttributeFault withoutData(AttributeFault fault) {
        Notification bare = new Notification(fault.error().code(), fault.error().subcode(), Bytes.EMPTY);
        return switch (fault) {
            case AttributeFault.Discard _ -> new AttributeFault.Discard(fault.attribute(), bare);
            case AttributeFault.Withdraw _ -> new AttributeFault.Withdraw(fault.attribute(), bare);
            case AttributeFault.Reset _ -> new AttributeFault.Reset(fault.attribute(), bare);
        };
    }
}
