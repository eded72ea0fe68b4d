package dev.clarion.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTest {

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "2001:DB8:0:0:8:800:200C:417A, 2001:db8::8:800:200c:417a",
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:0:0:0:0:0:0, ::",
        "::1, ::1",
        "fe80:0:0:0:0:0:0:0, fe80::",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "::1.2.3.4, ::102:304",
    })
    void readsEveryFormAndWritesTheCanonicalOne(String written, String canonical) {
        assertThat(Ip.parse(written)).hasToString(canonical);
        assertThat(Ip.parse(canonical)).isEqualTo(Ip.parse(written));
    }

    @Test
    void mappedAddressFromBytesStaysIpv6() {
        byte[] bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 1, 2, 3, 4};
        Ip mapped = Ip.ofBytes(bytes);
        assertThat(mapped.family()).isEqualTo(IpFamily.IPV6);
        assertThat(mapped).isNotEqualTo(Ip.parse("1.2.3.4")).hasToString("::ffff:1.2.3.4");
        assertThat(mapped.toBytes()).isEqualTo(bytes);
    }

    @Test
    void bytesAreInNetworkOrder() {
        assertThat(Ip.parse("192.168.50.1").toBytes()).containsExactly(192, 168, 50, 1);
        assertThat(Ip.ofBytes(new byte[] {(byte) 192, (byte) 168, 50, 1}).toV4Bits())
                .isEqualTo(0xc0a83201);
        assertThat(Ip.parse("102:304:506:708:90a:b0c:d0e:f10").toBytes())
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
        assertThatThrownBy(() -> Ip.ofBytes(new byte[5])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ip.parse("::").toV4Bits()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sortsByFamilyThenUnsigned() {
        List<String> sorted = List.of(
                "0.0.0.0",
                "127.255.255.255",
                "128.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "::8000:0:0:0",
                "7fff::",
                "8000::");
        assertThat(sorted.reversed().stream().map(Ip::parse).sorted().map(Ip::toString))
                .containsExactlyElementsOf(sorted);
    }

    @Test
    void nextAndPreviousCarryOverTheHalves() {
        assertThat(Ip.parse("10.0.0.255").next()).isEqualTo(Ip.parse("10.0.1.0"));
        assertThat(Ip.parse("127.255.255.255").next()).isEqualTo(Ip.parse("128.0.0.0"));
        assertThat(Ip.parse("0:0:0:1:ffff:ffff:ffff:ffff").next()).isEqualTo(Ip.parse("0:0:0:2::"));
        assertThat(Ip.parse("0:0:0:2::").previous()).isEqualTo(Ip.parse("0:0:0:1:ffff:ffff:ffff:ffff"));
        assertThat(Ip.parse("10.0.1.0").previous()).isEqualTo(Ip.parse("10.0.0.255"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"255.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"})
    void nothingComesAfterTheLastAddress(String last) {
        assertThatThrownBy(() -> Ip.parse(last).next()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Ip.parse(last).plus(BigInteger.ONE)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void nothingComesBeforeTheFirstAddress(String first) {
        assertThatThrownBy(() -> Ip.parse(first).previous()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Ip.parse(first).plus(BigInteger.ONE.negate())).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void plusGoesFarAndBack() {
        assertThat(Ip.parse("::").plus(BigInteger.TWO.pow(64))).isEqualTo(Ip.parse("0:0:0:1::"));
        assertThat(Ip.parse("10.0.0.0").plus(BigInteger.valueOf(-1))).isEqualTo(Ip.parse("9.255.255.255"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "0.0.0.0, unspecified",
        "0.0.0.1, -",
        "::, unspecified",
        "126.255.255.255, -",
        "127.0.0.0, loopback",
        "127.255.255.255, loopback",
        "128.0.0.0, -",
        "::1, loopback",
        "::2, -",
        "169.253.255.255, -",
        "169.254.0.0, linkLocal",
        "169.254.255.255, linkLocal",
        "169.255.0.0, -",
        "fe7f:ffff::, -",
        "fe80::, linkLocal",
        "febf:ffff::, linkLocal",
        "fec0::, -",
        "223.255.255.255, -",
        "224.0.0.0, multicast",
        "239.255.255.255, multicast",
        "240.0.0.0, -",
        "feff::, -",
        "ff00::, multicast",
        "ffff::, multicast",
        "255.255.255.254, -",
        "255.255.255.255, limitedBroadcast",
    })
    void kindsOfAddressesBeginAndEndWhereTheirRfcsSay(String text, String kind) {
        Ip ip = Ip.parse(text);
        assertThat(ip.isUnspecified()).isEqualTo(kind.equals("unspecified"));
        assertThat(ip.isLoopback()).isEqualTo(kind.equals("loopback"));
        assertThat(ip.isLinkLocal()).isEqualTo(kind.equals("linkLocal"));
        assertThat(ip.isMulticast()).isEqualTo(kind.equals("multicast"));
        assertThat(ip.isLimitedBroadcast()).isEqualTo(kind.equals("limitedBroadcast"));
    }
}
