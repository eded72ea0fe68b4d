package dev.clarion.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Kubernetes writes them, in the syntax of Go's time.ParseDuration, without a sign: {@code 1m30s}. */
final class GoDuration {
    private static final int LONGEST = 40;
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(h|ms|m|s|us|µs|ns)");
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /** Text that is no time; the message says what to write. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    static Duration parse(String text) throws Malformed {
        if (text.matches("[0-9]{1,9}")) {
            throw new Malformed(Shown.quoted(text) + " has no unit; did you mean " + Long.parseLong(text) + "s?");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher matcher = PART.matcher(text);
        int end = 0;
        while (text.length() <= LONGEST && end < text.length() && matcher.find() && matcher.start() == end) {
            nanos = nanos.add(new BigDecimal(matcher.group(1)).multiply(unit(matcher.group(2))));
            end = matcher.end();
        }
        if (text.isEmpty() || end < text.length() || nanos.compareTo(MOST) > 0) {
            throw new Malformed(Shown.quoted(text) + " is no time; write one such as 90s or 1m30s");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /** Whole seconds as text, in the largest unit that needs no other beside it. */
    static String format(Duration time) {
        long seconds = time.toSeconds();
        if (seconds != 0 && seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds != 0 && seconds % 60 == 0 && seconds > 120 ? seconds / 60 + "m" : seconds + "s";
    }

    private static BigDecimal unit(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "h" -> 3_600_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "ms" -> 1_000_000L;
                    case "us", "µs" -> 1_000L;
                    case "ns" -> 1L;
                    default -> throw new IllegalArgumentException("no unit of time: " + unit);
                });
    }
}
