package dev.clarion.e2e.client.analysis;

import java.util.Optional;

/**
 * One request. All times are nanoseconds of CLOCK_MONOTONIC, which every process on the machine shares.
 *
 * @param seq its number, from 0, without gaps
 * @param scheduledNanos when it should have been sent
 * @param sentNanos when it was sent, taken just before the system call; of a skipped one, when the client noticed
 * @param answeredNanos when the first answer was read; 0 if none came
 * @param responder who gave the first answer
 * @param outcome what became of it
 * @param duplicates answers beyond the first
 */
public record Sample(
        int seq,
        long scheduledNanos,
        long sentNanos,
        long answeredNanos,
        Optional<Responder> responder,
        Outcome outcome,
        int duplicates) {
    /** An answer later than this counts as late. */
    public static final long LATE_NANOS = 50_000_000;

    /** The outcome of a request that was answered after this long. */
    public static Outcome answeredAfter(long nanos) {
        return nanos > LATE_NANOS ? Outcome.LATE : Outcome.OK;
    }

    /** How late the client itself was with this request. */
    public long latenessNanos() {
        return Math.max(0, sentNanos - scheduledNanos);
    }

    /** From sending to reading the answer; only of an answered one. */
    public long roundTripNanos() {
        return answeredNanos - sentNanos;
    }
}
