package dev.clarion.allocation;

import dev.clarion.net.IpFamily;

/**
 * Why one pool gives a Service no address.
 *
 * @param pool the pool's name
 * @param family the family that was asked of it
 * @param verdict why not
 */
public record PoolRefusal(String pool, IpFamily family, Verdict verdict) {
    /** Why not. */
    public enum Verdict {
        /** Every address of the family is taken or reserved. */
        FULL,
        /** What is not taken was another's until a short while ago, or is kept for one who may come back. */
        RESTING,
        /** Its selectors do not match the Service. */
        NOT_FOR_SERVICE,
        /** A quota lets the namespace have no more of its addresses. */
        QUOTA,
        /** It has no address of the family. */
        NO_SUCH_FAMILY,
        /** It serves only those who ask for it ({@code autoAssign: false}). */
        NOT_AUTO_ASSIGNED
    }

    @Override
    public String toString() {
        String name = Words.family(family);
        return switch (verdict) {
            // One text for both: who waits need not be told each time that an address goes to rest.
            case FULL, RESTING -> "pool " + pool + " has no free " + name + " address";
            case NOT_FOR_SERVICE -> "pool " + pool + " is not for this Service";
            case QUOTA -> "the quota of pool " + pool + " is exhausted";
            case NO_SUCH_FAMILY -> "pool " + pool + " has no " + name + " addresses";
            case NOT_AUTO_ASSIGNED -> "pool " + pool + " is not assigned automatically";
        };
    }
}
