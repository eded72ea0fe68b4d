package dev.clarion.arpndp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As whom others are asked, which interfaces an intent opens, and which settings there are. */
class L2ModelTest {

    private static final Mac MAC = Mac.parse("02:00:00:00:00:0a");

    @ParameterizedTest
    @CsvSource({
        "10.9.0.12, 10.9.0.11",
        "10.8.0.12, 10.8.0.11",
        "10.7.0.12, ",
        "fd09::12, fd09::11",
        "fd08::12, fe80::a",
        "fe80::b, fe80::a",
    })
    void aHostIsAskedAsTheAddressOfItsSubnet(String target, String source) {
        L2Interface link = link("10.9.0.11/24", "10.8.0.11/24", "fd09::11/64", "fe80::a/64");
        if (source == null) {
            assertThat(link.sourceFor(Ip.parse(target))).isEmpty();
        } else {
            assertThat(link.sourceFor(Ip.parse(target))).contains(Ip.parse(source));
        }
    }

    @Test
    void withoutALinkLocalAddressAnyIpv6AddressWillDo() {
        assertThat(link("fd09::11/64").sourceFor(Ip.parse("fd08::12"))).contains(Ip.parse("fd09::11"));
        assertThat(link("10.9.0.11/24").sourceFor(Ip.parse("fd08::12"))).isEmpty();
    }

    @Test
    void addressesAndGatewaysComeAndGoWithoutTheLinksChanging() {
        L2Interface link = link("10.9.0.11/24");
        assertThat(link.isSameLinkAs(link())).isTrue();
        assertThat(link.isSameLinkAs(new L2Interface("eth0", 3, MAC, true))).isFalse();
        assertThat(link.isSameLinkAs(new L2Interface("eth0", 2, MAC, false))).isFalse();
        assertThat(link.isSameLinkAs(new L2Interface("eth0", 2, Mac.parse("02:00:00:00:00:0b"), true)))
                .isFalse();
    }

    @Test
    void anInterfaceThatIsNamedAnywhereIsOpened() {
        L2Intent intent = new L2Intent(
                Map.of("eth0", Set.of()),
                Map.of("eth1", Map.of(Ip.parse("10.9.0.200"), MAC)),
                Map.of("eth2", Set.of(Ip.parse("10.9.0.201"))));
        assertThat(intent.interfaces()).containsExactlyInAnyOrder("eth0", "eth1", "eth2");
        assertThat(L2Intent.NOTHING.interfaces()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, PT0.2S, 1000, PT60S, 256",
        "PT1S, PT0S, 1000, PT60S, 256",
        "PT1S, PT0.2S, 99, PT60S, 256",
        "PT1S, PT0.2S, 100001, PT60S, 256",
        "PT1S, PT0.2S, 1000, PT0.5S, 256",
        "PT1S, PT0.2S, 1000, PT25H, 256",
        "PT1S, PT0.2S, 1000, PT60S, -1",
        "PT1S, PT0.2S, 1000, PT60S, 4097",
    })
    void settingsOutOfRangeAreRefused(Duration fence, Duration age, int rate, Duration refresh, int budget) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(fence, age, rate, refresh, budget, false))
                .withMessageContaining(" must be ");
    }

    @Test
    void aRefreshOfZeroTurnsItOff() {
        Settings off = new Settings(Duration.ofSeconds(1), Duration.ofMillis(200), 1_000, Duration.ZERO, 0, true);
        assertThat(off.refresh()).isZero();
    }

    private static L2Interface link(String... addresses) {
        List<L2Address> own = Arrays.stream(addresses)
                .map(text -> text.split("/"))
                .map(parts -> new L2Address(Ip.parse(parts[0]), Integer.parseInt(parts[1])))
                .toList();
        return new L2Interface("eth0", 2, MAC, true, own, Set.of());
    }
}
