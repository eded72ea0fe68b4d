package dev.clarion.announcement.ownership;

import java.util.concurrent.TimeUnit;

/**
 * How much a node says, whatever it is told and whatever happens: each of these once in a while, and a few at a time.
 * What is not allowed is not lost: who asked in vain asks again, or another one, and news wait for the next occasion.
 */
enum Allowance {
    /** How things are, to everybody. */
    BROADCAST(TimeUnit.MILLISECONDS.toNanos(50), 4),
    /** Questions about a suspect. */
    QUESTION(TimeUnit.MILLISECONDS.toNanos(1), 120),
    /** Answers to those. */
    OPINION(TimeUnit.MICROSECONDS.toNanos(500), 240),
    /** Pages of the table. */
    PAGE(TimeUnit.MICROSECONDS.toNanos(500), 500);

    private final long every;
    private final int burst;

    Allowance(long every, int burst) {
        this.every = every;
        this.burst = burst;
    }

    /** Whether some are allowed now; if so, they are taken off. */
    boolean take(Memory memory, int count) {
        if (memory.now < from(memory)) {
            return false;
        }
        memory.spent.put(this, Math.max(memory.spent.getOr(this, Memory.NEVER), memory.now) + count * every);
        return true;
    }

    /** When the next is allowed. */
    long from(Memory memory) {
        return memory.spent.getOr(this, Memory.NEVER) - (burst - 1) * every;
    }
}
