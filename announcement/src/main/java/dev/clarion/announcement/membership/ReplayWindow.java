package dev.clarion.announcement.membership;

import java.util.Optional;

/**
 * Which datagrams of a session came already: the highest number, and a bit for each of the 64 up to it.
 *
 * @param highest the highest number that came
 * @param seen bit n stands for {@code highest - n}
 */
record ReplayWindow(long highest, long seen) {
    static final int SIZE = 64;
    static final ReplayWindow EMPTY = new ReplayWindow(0, 0);

    /** The window after a datagram; empty if that came before, or is older than the window tells. */
    Optional<ReplayWindow> after(long sequence) {
        if (sequence <= 0) {
            return Optional.empty();
        }
        if (sequence > highest) {
            long shift = sequence - highest;
            return Optional.of(new ReplayWindow(sequence, (shift >= SIZE ? 0 : seen << shift) | 1));
        }
        long age = highest - sequence;
        if (age >= SIZE || (seen >>> age & 1) != 0) {
            return Optional.empty();
        }
        return Optional.of(new ReplayWindow(highest, seen | 1L << age));
    }
}
