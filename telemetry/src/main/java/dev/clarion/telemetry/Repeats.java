package dev.clarion.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Lets the same line through once per pause, and counts the others. Time is data, in milliseconds. */
final class Repeats {
    private static final int REMEMBERED = 512;

    private static final class Line {
        private long printed;
        private long held;
    }

    private final long pauseMillis;
    private final Map<String, Line> lines = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Line> eldest) {
            return size() > REMEMBERED;
        }
    };

    Repeats(long pauseMillis) {
        this.pauseMillis = pauseMillis;
    }

    /** Empty if the line is to be held back; otherwise how many like it were held back since it was last printed. */
    synchronized OptionalLong pass(String line, long now) {
        Line seen = lines.get(line);
        if (seen != null && now - seen.printed < pauseMillis) {
            seen.held++;
            return OptionalLong.empty();
        }
        Line next = seen == null ? new Line() : seen;
        long held = next.held;
        next.held = 0;
        next.printed = now;
        lines.put(line, next);
        return OptionalLong.of(held);
    }
}
