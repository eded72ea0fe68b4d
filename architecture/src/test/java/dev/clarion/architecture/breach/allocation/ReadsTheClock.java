package dev.clarion.architecture.breach.allocation;

import java.time.Instant;

/** Breach: a planner that reads the clock. */
public final class ReadsTheClock {
    public Instant plan() {
        return Instant.now();
    }
}
