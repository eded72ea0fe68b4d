package dev.clarion.bgp.bfd.fsm;

/**
 * A pair of intervals that a side offers the other.
 *
 * @param transmit Desired Min TX Interval, microseconds
 * @param receive Required Min RX Interval, microseconds
 */
public record Offer(long transmit, long receive) {

    /** What is safe to live by while the peer may go by either of two offers: send fast, expect little. */
    Offer cautious(Offer other) {
        return new Offer(Math.min(transmit, other.transmit), Math.max(receive, other.receive));
    }
}
