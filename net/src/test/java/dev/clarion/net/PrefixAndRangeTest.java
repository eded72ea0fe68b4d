package dev.clarion.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixAndRangeTest {

    @ParameterizedTest(name = "{0}: {1} to {2}")
    @CsvSource({
        "0.0.0.0/0, 0.0.0.0, 255.255.255.255, 4294967296",
        "::/0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 340282366920938463463374607431768211456",
        "fd00::/64, fd00::, fd00::ffff:ffff:ffff:ffff, 18446744073709551616",
        "fd00::/63, fd00::, fd00::1:ffff:ffff:ffff:ffff, 36893488147419103232",
        "10.1.2.3/32, 10.1.2.3, 10.1.2.3, 1",
        "10.1.2.4/30, 10.1.2.4, 10.1.2.7, 4",
    })
    void prefixKnowsItsEndsAndItsExactSize(String text, String first, String last, BigInteger size) {
        Prefix prefix = Prefix.parse(text);
        assertThat(prefix.first()).hasToString(first);
        assertThat(prefix.last()).hasToString(last);
        assertThat(prefix.size()).isEqualTo(size);
        assertThat(prefix.range().size()).isEqualTo(size);
        assertThat(prefix.range().prefixes()).containsExactly(prefix);
        assertThat(prefix).hasToString(text);
    }

    @Test
    void constructorsAreAsStrictAsParsers() {
        assertThatThrownBy(() -> new Prefix(Ip.parse("10.0.0.5"), 24))
                .isInstanceOf(AddressSyntaxException.class)
                .hasMessage("host bits set; did you mean 10.0.0.0/24 or 10.0.0.5/32?");
        assertThatThrownBy(() -> new Prefix(Ip.parse("10.0.0.5"), -1)).isInstanceOf(AddressSyntaxException.class);
        assertThatThrownBy(() -> Prefix.containing(Ip.parse("10.0.0.5"), 33))
                .isInstanceOf(AddressSyntaxException.class);
        assertThatThrownBy(() -> new IpRange(Ip.parse("10.0.0.2"), Ip.parse("10.0.0.1")))
                .isInstanceOf(AddressSyntaxException.class);
        assertThatThrownBy(() -> new IpRange(Ip.parse("10.0.0.2"), Ip.parse("::1")))
                .isInstanceOf(AddressSyntaxException.class);
    }

    @Test
    void containingMasksHostBits() {
        assertThat(Prefix.containing(Ip.parse("192.168.50.77"), 24)).hasToString("192.168.50.0/24");
        assertThat(Prefix.containing(Ip.parse("fd50::1:277"), 120)).hasToString("fd50::1:200/120");
        assertThat(Prefix.containing(Ip.parse("fd50::1:277"), 0)).hasToString("::/0");
        assertThat(Prefix.host(Ip.parse("::1"))).hasToString("::1/128");
    }

    @Test
    void prefixContainsItsOwnFamilyOnly() {
        assertThat(Prefix.parse("0.0.0.0/0").contains(Ip.parse("::"))).isFalse();
        assertThat(Prefix.parse("::/0").contains(Ip.parse("1.2.3.4"))).isFalse();
        assertThat(Prefix.parse("10.0.0.0/8").contains(Prefix.parse("10.2.0.0/16")))
                .isTrue();
        assertThat(Prefix.parse("10.0.0.0/16").contains(Prefix.parse("10.0.0.0/8")))
                .isFalse();
        assertThat(Prefix.parse("10.0.0.0/8").contains(Prefix.parse("11.0.0.0/16")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.0.0.0/24",
                "10.0.0.1-10.0.0.9",
                "fd00::1",
                "fd00::/64",
                "fd00::1-fd00::ffff",
                "0.0.0.0/0",
                "::/0"
            })
    void rangeIsWrittenInItsShortestForm(String text) {
        assertThat(IpRange.parse(text)).hasToString(text);
    }

    @Test
    void rangeThatIsAPrefixOrOneAddressIsWrittenSo() {
        assertThat(IpRange.parse("10.0.0.0-10.0.0.255")).hasToString("10.0.0.0/24");
        assertThat(IpRange.parse("10.0.0.7-10.0.0.7")).hasToString("10.0.0.7");
    }

    @Test
    void worstRangeTakes254Prefixes() {
        IpRange range = new IpRange(Ip.parse("::1"), Ip.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe"));
        assertThat(range.prefixes()).hasSize(254);
        assertThat(range.size()).isEqualTo(BigInteger.TWO.pow(128).subtract(BigInteger.TWO));
    }

    @Test
    void macIsReadAndWritten() {
        Mac mac = Mac.parse("52:54:00:12:34:AB");
        assertThat(mac).hasToString("52:54:00:12:34:ab").isEqualTo(Mac.of(0x5254_0012_34abL));
        assertThat(mac.toBytes()).containsExactly(0x52, 0x54, 0, 0x12, 0x34, 0xab);
        assertThat(Mac.ofBytes(mac.toBytes())).isEqualTo(mac);
        assertThat(mac.isMulticast()).isFalse();
        assertThat(Mac.parse("33:33:00:00:00:01").isMulticast()).isTrue();
        assertThat(Mac.BROADCAST).hasToString("ff:ff:ff:ff:ff:ff").isGreaterThan(mac);
        assertThat(Mac.BROADCAST.isMulticast()).isTrue();
        assertThatThrownBy(() -> Mac.of(1L << 48)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Mac.ofBytes(new byte[8])).isInstanceOf(IllegalArgumentException.class);
    }
}
