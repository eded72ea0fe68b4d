package dev.clarion.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clarion.e2e.client.analysis.Probe;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptionsTest {
    @Test
    void a_target_is_enough() throws Exception {
        Options options = Options.parse("--target", "192.0.2.1");

        assertThat(options.targets()).extracting(Target::text).containsExactly("192.0.2.1");
        assertThat(options.udpPort()).isEqualTo(8080);
        assertThat(options.tcpPort()).isEqualTo(8081);
        assertThat(options.count()).isEqualTo(2000);
        assertThat(options.probes()).containsExactly(Probe.UDP, Probe.LONG, Probe.CONNECT);
        assertThat(options.failOnLoss()).isFalse();
    }

    @Test
    void everything_can_be_said() throws Exception {
        Options options = Options.parse(
                "--target",
                "192.0.2.1",
                "--fail-on-loss",
                "--target",
                "2001:db8::1",
                "--udp-port",
                "53",
                "--tcp-port",
                "80",
                "--duration",
                "2m",
                "--interval",
                "500us",
                "--timeout",
                "900ms",
                "--warm-up",
                "0s",
                "--drain",
                "1s",
                "--probes",
                "udp,connect",
                "--label",
                "drain of n1");

        assertThat(options.targets()).extracting(Target::text).containsExactly("192.0.2.1", "2001:db8::1");
        assertThat(options.count()).isEqualTo(240_000);
        assertThat(options.timeout()).isEqualTo(Duration.ofMillis(900));
        assertThat(options.warmUp()).isZero();
        assertThat(options.probes()).containsExactly(Probe.UDP, Probe.CONNECT);
        assertThat(options.label()).isEqualTo("drain of n1");
        assertThat(options.failOnLoss()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "--udp-port 8080, no --target",
        "--target example.org, not \"example.org\"",
        "--target 192.0.2, not \"192.0.2\"",
        "--target, --target needs a value",
        "--target ::1 --udp-port 0, 1 to 65535",
        "--target ::1 --tcp-port 65536, 1 to 65535",
        "--target ::1 --tcp-port http, 1 to 65535",
        "--target ::1 --duration 10, 'not \"10\"'",
        "--target ::1 --interval -5ms, 'not \"-5ms\"'",
        "--target ::1 --interval 0ms, at least",
        "--target ::1 --duration 4ms, at least",
        "--target ::1 --duration 25h, 24h",
        "--target ::1 --duration 24h --interval 100us, limited",
        "--target ::1 --duration 24h, MEASURE_JAVA_OPTS",
        "--target ::1 --probes udp;tcp, 'not \"udp;tcp\"'",
        "--target ::1 --probes '', takes udp",
        "--target ::1 --label a\"b, no comma",
        "--target ::1 --colour red, unknown option --colour",
    })
    void what_is_wrong_is_said(String line, String message) {
        assertThatThrownBy(() -> Options.parse(line.replace("''", "").split(" ", -1)))
                .isInstanceOf(Options.UsageException.class)
                .hasMessageContaining(message);
    }
}
