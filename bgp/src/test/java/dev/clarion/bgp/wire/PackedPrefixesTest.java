package dev.clarion.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Prefixes that stay in the octets that they came in are those that they would be as objects. */
class PackedPrefixesTest {
    private static List<Prefix> read(IpFamily family, String hex) throws DecodeException {
        return PackedPrefixes.read(
                Reader.of(Hex.bytes(hex), 0, BgpError.MALFORMED_ATTRIBUTE_LIST),
                family,
                BgpError.INVALID_NETWORK_FIELD);
    }

    private static List<Prefix> prefixes(String... texts) {
        return Stream.of(texts).map(Prefix::parse).toList();
    }

    @Test
    void hostRoutesAreFoundByTheirPlace() throws DecodeException {
        assertThat(read(IpFamily.IPV4, "20 0a000001 20 0a000002 20 c0a80101"))
                .isEqualTo(prefixes("10.0.0.1/32", "10.0.0.2/32", "192.168.1.1/32"))
                .hasSameHashCodeAs(prefixes("10.0.0.1/32", "10.0.0.2/32", "192.168.1.1/32"));
        assertThat(read(IpFamily.IPV6, "80 20010db8000000000000000000000001")).isEqualTo(prefixes("2001:db8::1/128"));
    }

    @Test
    void lengthsMayDiffer() throws DecodeException {
        assertThat(read(IpFamily.IPV4, "00 08 0a 18 0a0102 20 0a010203 11 0a8080"))
                .isEqualTo(prefixes("0.0.0.0/0", "10.0.0.0/8", "10.1.2.0/24", "10.1.2.3/32", "10.128.128.0/17"));
        assertThat(read(IpFamily.IPV6, "40 20010db800000001 41 20010db80000000180 00"))
                .isEqualTo(prefixes("2001:db8:0:1::/64", "2001:db8:0:1:8000::/65", "::/0"));
    }

    @Test
    void bitsBeyondTheLengthMeanNothing() throws DecodeException {
        assertThat(read(IpFamily.IPV4, "09 0aff 0f 0aff")).isEqualTo(prefixes("10.128.0.0/9", "10.254.0.0/15"));
        assertThat(read(IpFamily.IPV6, "41 20010db800000001ff")).isEqualTo(prefixes("2001:db8:0:1:8000::/65"));
    }

    @Test
    void everyOneIsCheckedBeforeAnyIsAsked() {
        assertThatThrownBy(() -> read(IpFamily.IPV4, "20 0a000001 21 0a00000200"))
                .isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> read(IpFamily.IPV4, "20 0a000001 20 0a0000")).isInstanceOf(DecodeException.class);
    }

    @Test
    void thereIsNoneBeyondTheEnd() throws DecodeException {
        List<Prefix> two = read(IpFamily.IPV4, "20 0a000001 20 0a000002");
        assertThatThrownBy(() -> two.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> two.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(read(IpFamily.IPV4, "")).isEmpty();
    }
}
