package dev.clarion.e2e.client;

import java.util.List;

/** A whole run: when it was and what each lane found. */
record RunResult(Clock clock, long endNanos, Options options, List<LaneResult> lanes) {
    /** Requests lost on any lane. */
    long lost() {
        return lanes.stream().mapToLong(l -> l.analysis().lost()).sum();
    }
}
