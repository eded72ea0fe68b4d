package dev.clarion.arpndp.fsm;

import dev.clarion.net.Ip;
import java.util.SplittableRandom;

/**
 * When an owned address is announced anew although nothing happened.
 *
 * @param address the address
 * @param round how many went before
 * @param due when, as {@link System#nanoTime}
 */
record Refresh(Ip address, int round, long due) {

    private static final double LEAST = 0.8;
    private static final double MOST = 1.2;

    /** The first one after a claim. */
    static Refresh first(Ip address, Rules rules, long now) {
        return new Refresh(address, 0, now + interval(address, 0, rules));
    }

    /** The one after this one, which was due and is done now. */
    Refresh following(Rules rules, long now) {
        return new Refresh(address, round + 1, now + interval(address, round + 1, rules));
    }

    boolean isDue(long now) {
        return due - now <= 0;
    }

    /** Within a fifth of the interval, so that many addresses drift apart, and the nodes do. */
    private static long interval(Ip address, int round, Rules rules) {
        long mixed = rules.seed() ^ ((long) address.hashCode() << 32) ^ round;
        return (long) (rules.refreshNanos() * new SplittableRandom(mixed).nextDouble(LEAST, MOST));
    }
}
