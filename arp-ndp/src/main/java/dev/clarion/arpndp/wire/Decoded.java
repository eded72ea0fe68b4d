package dev.clarion.arpndp.wire;

/** What {@link Frames#decode} made of bytes. */
public sealed interface Decoded permits Frame, Decoded.Malformed {

    /**
     * Bytes that are no valid message.
     *
     * @param defect the first thing that was wrong
     */
    record Malformed(Defect defect) implements Decoded {}
}
