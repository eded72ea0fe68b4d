package dev.clarion.e2e.client.analysis;

/**
 * A stretch of consecutive requests that fared alike.
 *
 * @param kind what was wrong
 * @param startNanos when the first of them was sent (of a stall: should have been sent)
 * @param endNanos when the first request after them was sent that fared better; if {@code open}, one interval after the last of them
 *     (of a stall: when the last of them was sent or given up)
 * @param requests how many they are, without those that the client skipped
 * @param boundNanos the longest that what happened can have lasted: from the last request before them that fared better
 *     to the first after them; counted from their first where there is none before
 * @param open it still lasted when the measurement ended
 * @param clientLate the client itself was late between the last good request before and the first good one after: do not blame
 *     the network for the edges
 */
public record Window(
        Kind kind, long startNanos, long endNanos, int requests, long boundNanos, boolean open, boolean clientLate) {
    /** What was wrong in a window. */
    public enum Kind {
        /** Requests without an answer. */
        OUTAGE,
        /** Requests answered late. */
        SLOW,
        /** The client itself was late. */
        STALL
    }

    /** From the first bad request to the first good one: the time-derived length. */
    public long lengthNanos() {
        return endNanos - startNanos;
    }
}
