package dev.clarion.arpndp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.arpndp.wire.Decoded.Malformed;
import dev.clarion.arpndp.wire.Vectors.Vector;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes and message, both ways, and every defect that is told. */
class FramesTest {

    private static final int ICMP = 54;
    private static final byte[] REQUEST = bytes("ARP request");
    private static final byte[] SOLICITATION = bytes("solicitation of an address, multicast");
    private static final byte[] PROBE = bytes("solicitation for duplicate address detection");
    private static final byte[] ADVERTISEMENT = bytes("solicited advertisement");

    static List<Vector> vectors() {
        return Vectors.ALL;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theBytesOfAVectorAreItsMessage(Vector vector) {
        assertThat(Frames.decode(vector.bytes())).isEqualTo(vector.frame());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theMessageOfAVectorIsItsBytes(Vector vector) {
        assertThat(vector.frame().encode()).isEqualTo(vector.bytes());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void paddingBehindTheMessageIsIgnored(Vector vector) {
        assertThat(Frames.decode(Arrays.copyOf(vector.bytes(), 128))).isEqualTo(vector.frame());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aFrameCutAnywhereIsTruncated(Vector vector) {
        byte[] whole = vector.bytes();
        for (int length = 0; length < whole.length; length++) {
            assertThat(Frames.decode(Arrays.copyOf(whole, length)))
                    .as("the first %d bytes", length)
                    .isEqualTo(new Malformed(Defect.TRUNCATED));
        }
    }

    @ParameterizedTest
    @CsvSource({"12, 81, ETHER_TYPE", "14, 02, ARP_ADDRESS_KIND", "16, 86, ARP_ADDRESS_KIND", "18, 08, ARP_ADDRESS_KIND"
    })
    void arpForOtherAddressesThanIpv4OverEthernetIsRefused(int at, String value, Defect defect) {
        assertThat(Frames.decode(with(REQUEST, at, value))).isEqualTo(new Malformed(defect));
    }

    @ParameterizedTest
    @CsvSource({"19, 10, ARP_ADDRESS_KIND", "21, 00, ARP_OPERATION", "21, 03, ARP_OPERATION", "20, 01, ARP_OPERATION"})
    void arpWithOtherLengthsOrOperationsIsRefused(int at, String value, Defect defect) {
        assertThat(Frames.decode(with(REQUEST, at, value))).isEqualTo(new Malformed(defect));
    }

    @ParameterizedTest
    @CsvSource({
        "14, 40, IP_VERSION",
        "18, 01, TRUNCATED",
        "19, 21, TRUNCATED",
        "20, 11, NOT_ICMPV6",
        "21, 40, HOP_LIMIT",
        "22, ff, SOURCE_ADDRESS",
    })
    void theIpv6HeaderIsChecked(int at, String value, Defect defect) {
        assertThat(Frames.decode(with(SOLICITATION, at, value))).isEqualTo(new Malformed(defect));
    }

    @ParameterizedTest
    @CsvSource({"54, 80, ICMP_TYPE", "55, 01, ICMP_CODE", "56, 00, CHECKSUM", "75, 77, CHECKSUM"})
    void theIcmpHeaderIsChecked(int at, String value, Defect defect) {
        assertThat(Frames.decode(with(SOLICITATION, at, value))).isEqualTo(new Malformed(defect));
        assertThat(Frames.decode(with(ADVERTISEMENT, at, value))).isEqualTo(new Malformed(defect));
    }

    @Test
    void aSolicitationShorterThanItsTargetIsTruncated() {
        assertThat(Frames.decode(with(SOLICITATION, 19, "17"))).isEqualTo(new Malformed(Defect.TRUNCATED));
    }

    @Test
    void aMulticastTargetIsRefused() {
        assertThat(Frames.decode(withChecksum(SOLICITATION, ICMP + 8, "ff")))
                .isEqualTo(new Malformed(Defect.TARGET_ADDRESS));
        assertThat(Frames.decode(withChecksum(ADVERTISEMENT, ICMP + 8, "ff")))
                .isEqualTo(new Malformed(Defect.TARGET_ADDRESS));
    }

    @ParameterizedTest
    @CsvSource({"00", "02", "ff"})
    void anOptionOfLengthZeroOrPastTheEndIsRefused(String units) {
        assertThat(Frames.decode(withChecksum(SOLICITATION, ICMP + 25, units)))
                .isEqualTo(new Malformed(Defect.OPTION_LENGTH));
        assertThat(Frames.decode(withChecksum(ADVERTISEMENT, ICMP + 25, units)))
                .isEqualTo(new Malformed(Defect.OPTION_LENGTH));
    }

    @Test
    void anUnknownOptionIsSkipped() {
        Decoded decoded = Frames.decode(withChecksum(SOLICITATION, ICMP + 24, "0e"));
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Frame.Solicitation.class,
                        solicitation -> assertThat(solicitation.message().sourceLinkLayer())
                                .isEmpty());
    }

    @Test
    void aProbeToAnotherGroupThanItsTargetsIsRefused() {
        assertThat(Frames.decode(withChecksum(PROBE, 53, "01"))).isEqualTo(new Malformed(Defect.PROBE_DESTINATION));
    }

    @Test
    void aProbeWithALinkLayerAddressIsRefused() {
        byte[] probe = SOLICITATION.clone();
        Arrays.fill(probe, 22, 38, (byte) 0);
        assertThat(Frames.decode(withChecksum(probe, 22, "00"))).isEqualTo(new Malformed(Defect.PROBE_WITH_LINK_LAYER));
    }

    @Test
    void aSolicitedAdvertisementToAllNodesIsRefused() {
        byte[] unsolicited = bytes("unsolicited advertisement to all nodes");
        assertThat(Frames.decode(withChecksum(unsolicited, ICMP + 4, "60")))
                .isEqualTo(new Malformed(Defect.SOLICITED_TO_MULTICAST));
    }

    @Test
    void solicitedNodeGroupsKeepTheLast24Bits() {
        Ip group = SolicitedNode.groupOf(Ip.parse("2001:db8::1234:5678:9abc"));
        assertThat(group).isEqualTo(Ip.parse("ff02::1:ff78:9abc"));
        assertThat(SolicitedNode.macOf(group)).isEqualTo(Mac.parse("33:33:ff:78:9a:bc"));
        assertThat(SolicitedNode.isGroupMac(SolicitedNode.macOf(group))).isTrue();
        assertThat(SolicitedNode.isGroupMac(Mac.BROADCAST)).isFalse();
    }

    private static byte[] bytes(String name) {
        return Vectors.ALL.stream()
                .filter(vector -> vector.name().equals(name))
                .findFirst()
                .orElseThrow()
                .bytes();
    }

    private static byte[] with(byte[] frame, int at, String hex) {
        byte[] changed = frame.clone();
        changed[at] = (byte) Integer.parseInt(hex, 16);
        return changed;
    }

    /** Changes a byte and puts the checksum right, computed here once more by the letter of RFC 1071. */
    private static byte[] withChecksum(byte[] frame, int at, String hex) {
        byte[] changed = with(frame, at, hex);
        changed[ICMP + 2] = 0;
        changed[ICMP + 3] = 0;
        int payload = changed.length - ICMP;
        long sum = payload + 58L;
        for (int i = 22; i < changed.length; i++) {
            sum += (long) (changed[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        changed[ICMP + 2] = (byte) (~sum >> 8);
        changed[ICMP + 3] = (byte) ~sum;
        return changed;
    }
}
