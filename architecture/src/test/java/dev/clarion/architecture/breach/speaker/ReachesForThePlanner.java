package dev.clarion.architecture.breach.speaker;

import dev.clarion.architecture.breach.allocation.ReadsTheClock;

/** Breach: the speaker using the room of allocation. */
public record ReachesForThePlanner(ReadsTheClock planner) {}
