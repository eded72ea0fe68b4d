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
        /** Every address of the family is taken. */
        FULL,
        /** It has no address of the family. */
        NO_SUCH_FAMILY,
        /** It serves only those who ask for it ({@code autoAssign: false}). */
        NOT_AUTO_ASSIGNED
    }

    @Override
    public String toString() {
        String name = Words.family(family);
        return switch (verdict) {
            case FULL -> "pool " + pool + " has no free " + name + " address";
            case NO_SUCH_FAMILY -> "pool " + pool + " has no " + name + " addresses";
            case NOT_AUTO_ASSIGNED -> "pool " + pool + " is not assigned automatically";
        };
    }
}
