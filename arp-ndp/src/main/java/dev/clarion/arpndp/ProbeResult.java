package dev.clarion.arpndp;

import dev.clarion.net.Mac;

/** Whether an address is free on a segment. */
public sealed interface ProbeResult {

    /** Nobody objected: it can be used. */
    record Free() implements ProbeResult {}

    /**
     * Somebody has it, or probes for it at the same time.
     *
     * @param mac whose link-layer address; it may be another node's of the same cluster
     */
    record Foreign(Mac mac) implements ProbeResult {}

    /** The segment could not be asked: its interface is away or broken. Probe again when it is open. */
    record Unknown() implements ProbeResult {}
}
