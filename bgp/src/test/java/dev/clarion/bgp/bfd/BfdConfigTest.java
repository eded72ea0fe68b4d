package dev.clarion.bgp.bfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.clarion.bgp.bfd.fsm.Wanted;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a profile and a session may say: MetalLB's ranges, and what cannot work. */
class BfdConfigTest {

    @ParameterizedTest
    @CsvSource({
        "9, 300, 3, 254",
        "60001, 300, 3, 254",
        "300, 9, 3, 254",
        "300, 60001, 3, 254",
        "300, 300, 1, 254",
        "300, 300, 256, 254",
        "300, 300, 3, 0",
        "300, 300, 3, 255",
    })
    void aProfileOutsideItsRangesIsRefused(int receive, int transmit, int multiplier, int minimumTtl) {
        assertThatIllegalArgumentException().isThrownBy(() -> profile(receive, transmit, multiplier, minimumTtl));
    }

    @ParameterizedTest
    @CsvSource({"10, 60000, 2, 1", "60000, 10, 255, 254"})
    void theEndsOfTheRangesAreAllowedAndBecomeMicroseconds(int receive, int transmit, int multiplier, int minimumTtl) {
        assertThat(profile(receive, transmit, multiplier, minimumTtl).wanted())
                .isEqualTo(new Wanted(transmit * 1_000L, receive * 1_000L, multiplier, false));
    }

    @Test
    void theDefaultIsThreeTimesThreeHundredMilliseconds() {
        assertThat(BfdProfile.DEFAULT).isEqualTo(profile(300, 300, 3, 254));
    }

    @Test
    void aSessionThatCannotWorkIsRefused() {
        Ip v4 = Ip.parse("192.0.2.1");
        Ip v6 = Ip.parse("2001:db8::1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session(v4, Optional.of(v6), Optional.empty(), false))
                .withMessageContaining("family");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session(Ip.parse("fe80::1"), Optional.empty(), Optional.empty(), false))
                .withMessageContaining("needs an interface");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session(v4, Optional.empty(), Optional.of("eth0"), true))
                .withMessageContaining("multihop");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session(Ip.parse("224.0.0.1"), Optional.empty(), Optional.empty(), false));
        assertThat(session(Ip.parse("fe80::1"), Optional.empty(), Optional.of("eth0"), false)
                        .interfaceName())
                .contains("eth0");
    }

    private static BfdSessionConfig session(Ip peer, Optional<Ip> local, Optional<String> lan, boolean multihop) {
        return new BfdSessionConfig(peer, local, lan, Optional.empty(), multihop, BfdProfile.DEFAULT);
    }

    private static BfdProfile profile(int receive, int transmit, int multiplier, int minimumTtl) {
        return new BfdProfile(
                Duration.ofMillis(receive), Duration.ofMillis(transmit), multiplier, false, false, minimumTtl);
    }
}
