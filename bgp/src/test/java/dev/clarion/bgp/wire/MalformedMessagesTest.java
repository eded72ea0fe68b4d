package dev.clarion.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, and the NOTIFICATION for it (RFC 4271 section 6). */
class MalformedMessagesTest {
    private static final WireContext EBGP = new WireContext(true, true);

    static Stream<Arguments> refused() {
        byte[] badMarker = Hex.message(4, "");
        badMarker[7] = 0;
        return Stream.of(
                refused("a marker that is not all ones", badMarker, BgpError.CONNECTION_NOT_SYNCHRONIZED, ""),
                refused("a length below 19", header("0012 04"), BgpError.BAD_MESSAGE_LENGTH, "0012"),
                refused("a length above 4096", header("1001 02"), BgpError.BAD_MESSAGE_LENGTH, "1001"),
                refused("a type that does not exist", header("0013 09"), BgpError.BAD_MESSAGE_TYPE, "09"),
                refused("a KEEPALIVE with a body", Hex.message(4, "00"), BgpError.BAD_MESSAGE_LENGTH, "0014"),
                refused("an OPEN that is too short", Hex.message(1, "04"), BgpError.BAD_MESSAGE_LENGTH, "0014"),
                refused("an UPDATE that is too short", Hex.message(2, "00"), BgpError.BAD_MESSAGE_LENGTH, "0014"),
                refused("a NOTIFICATION that is too short", Hex.message(3, "06"), BgpError.BAD_MESSAGE_LENGTH, "0014"),
                refused("a ROUTE-REFRESH too long", Hex.message(5, "0001000100"), BgpError.BAD_MESSAGE_LENGTH, "0018"),
                refused("BGP-3", Hex.message(1, "03 fc00 00b4 0a000001 00"), BgpError.UNSUPPORTED_VERSION, "0004"),
                refused(
                        "an optional parameter that is no capability",
                        Hex.message(1, "04 fc00 00b4 0a000001 03 01 01 00"),
                        BgpError.UNSUPPORTED_OPTIONAL_PARAMETER,
                        ""),
                refused(
                        "parameters longer than the OPEN",
                        Hex.message(1, "04 fc00 00b4 0a000001 09 02 06 41 04 0000fc00"),
                        BgpError.MALFORMED_OPEN,
                        ""),
                refused(
                        "a capability longer than its parameter",
                        Hex.message(1, "04 fc00 00b4 0a000001 04 02 02 41 04"),
                        BgpError.MALFORMED_OPEN,
                        ""),
                refused(
                        "extended parameters longer than the OPEN",
                        Hex.message(1, "04 fc00 00b4 0a000001 ff ff 0009 02 0002 02 00"),
                        BgpError.MALFORMED_OPEN,
                        ""),
                refused(
                        "withdrawn routes longer than the UPDATE",
                        Hex.message(2, "0009 0000"),
                        BgpError.MALFORMED_ATTRIBUTE_LIST,
                        ""),
                refused(
                        "attributes longer than the UPDATE",
                        Hex.message(2, "0000 0005 40"),
                        BgpError.MALFORMED_ATTRIBUTE_LIST,
                        ""),
                refused(
                        "an IPv4 prefix of 33 bits",
                        Hex.update("21 0a00000000", "", ""),
                        BgpError.INVALID_NETWORK_FIELD,
                        ""),
                refused(
                        "an IPv4 prefix cut short",
                        Hex.update("20 0a0000", "", ""),
                        BgpError.INVALID_NETWORK_FIELD,
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefusedWith(String name, byte[] octets, BgpError error, String data) {
        Notification expected = Notification.of(error, Bytes.of(Hex.bytes(data)));
        assertThat(Messages.decode(octets, EBGP)).isEqualTo(new Decoded.Refused(expected));
    }

    @Test
    void onlyWhoTakesExtendedMessagesGetsThem() {
        WireContext extended = new WireContext(true, true, true, false);
        for (int length : new int[] {4_097, 65_535}) {
            byte[] update = header("%04x02".formatted(length));
            assertThat(Header.check(update)).isInstanceOf(Header.Checked.Bad.class);
            assertThat(Header.check(update, extended)).isEqualTo(new Header.Checked.Good(MessageType.UPDATE, length));
            for (String type : new String[] {"01", "04"}) {
                assertThat(Header.check(header("%04x".formatted(length) + type), extended))
                        .isInstanceOf(Header.Checked.Bad.class);
            }
        }
    }

    @Test
    void withEnhancedRefreshAWrongLengthIsToldWithTheWholeMessage() {
        WireContext enhanced = new WireContext(true, true, false, true);
        for (String body : new String[] {"", "0001 01", "0001 01 01 00"}) {
            byte[] octets = Hex.message(5, body);
            assertThat(Messages.decode(octets, enhanced))
                    .isEqualTo(new Decoded.Refused(
                            Notification.of(BgpError.INVALID_ROUTE_REFRESH_LENGTH, Bytes.of(octets))));
        }
    }

    @Test
    void whatIsSentBackNeverMakesTheNotificationTooLong() {
        WireContext enhanced = new WireContext(true, true, false, true);
        byte[] octets = Hex.message(5, "00".repeat(Header.MAX_MESSAGE - Header.LENGTH));
        assertThat(Messages.decode(octets, enhanced))
                .isInstanceOfSatisfying(
                        Decoded.Refused.class,
                        refused -> assertThat(refused.error().encode(enhanced)).hasSize(Header.MAX_MESSAGE));
    }

    @Test
    void aWrongMarkerShowsBeforeTheHeaderIsComplete() {
        assertThat(Header.check(new byte[] {(byte) 0xff})).isEqualTo(new Header.Checked.Incomplete());
        assertThat(Header.check(new byte[] {(byte) 0xff, 'G'})).isInstanceOf(Header.Checked.Bad.class);
    }

    @Test
    void aMessageShorterThanItsHeaderSaysIsRefused() {
        assertThat(Messages.decode(Hex.bytes("ff".repeat(16) + "0020 02 0000 0000"), EBGP))
                .isInstanceOf(Decoded.Refused.class);
    }

    private static Arguments refused(String name, byte[] octets, BgpError error, String data) {
        return Arguments.of(name, octets, error, data);
    }

    private static byte[] header(String lengthAndType) {
        return Hex.bytes("ff".repeat(16) + lengthAndType);
    }
}
