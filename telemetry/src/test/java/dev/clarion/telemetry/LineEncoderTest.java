package dev.clarion.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LineEncoderTest {
    private final LoggerContext context = new LoggerContext();
    private final LineEncoder encoder = new LineEncoder();

    private LoggingEvent event(Level level, String message, Object... pairs) {
        LoggingEvent event =
                new LoggingEvent("", context.getLogger("dev.clarion.controller.Loop"), level, message, null, null);
        event.setInstant(Instant.parse("2026-01-02T03:04:05.678Z"));
        for (int i = 0; i < pairs.length; i += 2) {
            event.addKeyValuePair(new KeyValuePair((String) pairs[i], pairs[i + 1]));
        }
        return event;
    }

    private String print(LoggingEvent event) {
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void aLineHasTimeLevelComponentMessageAndPairs() {
        assertThat(print(event(Level.INFO, "address given", "service", "a/b", "ip", "192.0.2.1")))
                .isEqualTo("2026-01-02T03:04:05.678Z INFO  controller.Loop address given service=a/b ip=192.0.2.1\n");
    }

    @Test
    void whatComesFromOutsideCannotForgeALine() {
        String line =
                print(event(Level.INFO, "bad\r\nname", "why", "x\" y=1\n2026 ERROR \u2028\u001b[31m", "empty", ""));
        assertThat(line).endsWith("bad\\u000d\\nname why=\"x\\\" y=1\\n2026 ERROR \\u2028\\u001b[31m\" empty=\"\"\n");
        assertThat(line.lines()).hasSize(1);
    }

    @Test
    void theSameWarningAgainIsHeldBackAndTheSameNewsAreNot() {
        assertThat(print(event(Level.WARN, "lost"))).isNotEmpty();
        assertThat(print(event(Level.WARN, "lost"))).isEmpty();
        assertThat(print(event(Level.WARN, "lost", "why", "other"))).isNotEmpty();
        assertThat(print(event(Level.INFO, "given"))).isNotEmpty();
        assertThat(print(event(Level.INFO, "given"))).isNotEmpty();
    }

    @Test
    void anErrorHasItsStackAndAWarningItsCauseInTheLine() {
        LoggingEvent error = new LoggingEvent(
                "", context.getLogger("x"), Level.ERROR, "broke", new IllegalStateException("why so"), null);
        assertThat(print(error))
                .contains("broke cause=\"java.lang.IllegalStateException: why so\"\n")
                .contains("at dev.clarion.telemetry.LineEncoderTest");
        LoggingEvent warning = new LoggingEvent(
                "", context.getLogger("x"), Level.WARN, "shaky", new IllegalStateException("why so"), null);
        assertThat(print(warning).lines()).hasSize(1);
    }

    @Test
    void aHugeValueIsCut() {
        assertThat(print(event(Level.INFO, "m", "v", "x".repeat(1_000_000))))
                .hasSizeLessThan(2_200)
                .contains("...");
    }
}
