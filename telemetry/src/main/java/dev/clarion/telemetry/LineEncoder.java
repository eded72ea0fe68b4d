package dev.clarion.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.event.KeyValuePair;

/**
 * One line per event: {@code 2026-01-02T03:04:05.678Z INFO  controller.Loop address given service=a/b ip=192.0.2.1}.
 * What came from outside cannot break the line. Warnings that repeat are printed once per half minute, with a count.
 */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String OURS = "dev.clarion.";
    private static final int VALUE_LIMIT = 2_000;
    private static final byte[] NOTHING = new byte[0];

    private final Repeats repeats = new Repeats(30_000);

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = line(event);
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            OptionalLong held = repeats.pass(line, event.getTimeStamp());
            if (held.isEmpty()) {
                return NOTHING;
            }
            line += held.getAsLong() > 0 ? " repeated=" + held.getAsLong() : "";
        }
        String whole = TIME.format(Instant.ofEpochMilli(event.getTimeStamp())) + " " + line + "\n" + trace(event);
        return whole.getBytes(StandardCharsets.UTF_8);
    }

    private static String line(ILoggingEvent event) {
        StringBuilder out = new StringBuilder(160);
        String level = event.getLevel().toString();
        out.append(level).append(" ".repeat(Math.max(1, 6 - level.length())));
        String name = event.getLoggerName();
        out.append(name.startsWith(OURS) ? name.substring(OURS.length()) : name).append(' ');
        plain(out, event.getFormattedMessage());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                out.append(' ').append(pair.key).append('=');
                value(out, String.valueOf(pair.value));
            }
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            out.append(" cause=");
            value(out, thrown.getClassName() + ": " + thrown.getMessage());
        }
        return out.toString();
    }

    /** The stack of an error is for us to mend, and belongs in the log; a warning's line says enough. */
    private static String trace(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        boolean wanted = thrown != null && event.getLevel().isGreaterOrEqual(Level.ERROR);
        return wanted ? ThrowableProxyUtil.asString(thrown) : "";
    }

    private static void value(StringBuilder out, String text) {
        boolean bare =
                !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '=' && c != '\\');
        if (bare) {
            plain(out, text);
            return;
        }
        out.append('"');
        plain(out, text.replace("\\", "\\\\").replace("\"", "\\\""));
        out.append('"');
    }

    private static void plain(StringBuilder out, String text) {
        int end = Math.min(text.length(), VALUE_LIMIT);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                out.append(c == '\n' ? "\\n" : String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        if (end < text.length()) {
            out.append("...");
        }
    }
}
