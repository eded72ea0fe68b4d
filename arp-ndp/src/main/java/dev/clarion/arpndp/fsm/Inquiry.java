package dev.clarion.arpndp.fsm;

import dev.clarion.arpndp.wire.Frame;
import dev.clarion.arpndp.wire.Nonce;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Optional;

/**
 * A question that is put several times until it is answered.
 *
 * @param target the address asked for
 * @param purpose why
 * @param count how often it is put at most, 1 or more
 * @param spacingNanos from one time to the next, in ns
 * @param waitNanos how long an answer may take after the last time, in ns
 * @param nonce by which a probe of ours is told from those of others
 */
public record Inquiry(Ip target, Purpose purpose, int count, long spacingNanos, long waitNanos, Nonce nonce) {

    private static final int PROBES = 3;
    private static final long PROBE_SPACING_NANOS = 100_000_000L;
    private static final long PROBE_WAIT_NANOS = 200_000_000L;

    /** Why somebody is asked. */
    public enum Purpose {
        /** Whether the kernel of another node is alive. */
        KERNEL,
        /** Whether an address is free to be used for the first time. */
        FIRST_USE
    }

    /**
     * Whether an address is free: 3 probes 100 ms apart, and 200 ms for the answer to the last one. RFC 5227 section 2.1.1
     * and RFC 4862 section 5.4 wait longer, and allow less where hosts are known to answer fast.
     */
    public static Inquiry firstUse(Ip address, Nonce nonce) {
        return new Inquiry(address, Purpose.FIRST_USE, PROBES, PROBE_SPACING_NANOS, PROBE_WAIT_NANOS, nonce);
    }

    /** The question as it goes on the wire. */
    public Frame frame(Mac egress, Optional<Ip> source) {
        return switch (purpose) {
            case KERNEL -> Questions.frame(target, source, egress, Optional.empty());
            case FIRST_USE -> Questions.probe(target, egress, nonce);
        };
    }

    boolean isSameAs(Inquiry other) {
        return purpose == other.purpose && target.equals(other.target);
    }
}
