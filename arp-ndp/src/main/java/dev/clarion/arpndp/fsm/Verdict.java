package dev.clarion.arpndp.fsm;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;

/** How an {@link Inquiry} ended. */
public sealed interface Verdict {

    /** The address asked for. */
    Ip address();

    /**
     * A node's kernel answered.
     *
     * @param address its address
     * @param mac its link-layer address
     */
    record KernelAnswered(Ip address, Mac mac) implements Verdict {}

    /**
     * A node's kernel did not answer.
     *
     * @param address its address
     * @param asked how often it was asked
     */
    record KernelSilent(Ip address, int asked) implements Verdict {}

    /**
     * Nobody objected.
     *
     * @param address the address probed for
     */
    record Free(Ip address) implements Verdict {}

    /**
     * Somebody has the address, or wants it at the same time.
     *
     * @param address the address probed for
     * @param mac whose
     */
    record Foreign(Ip address, Mac mac) implements Verdict {}

    /**
     * Not all questions could be put, and those that were had no answer, so nothing is known.
     *
     * @param address the address probed for
     */
    record Unknown(Ip address) implements Verdict {}
}
