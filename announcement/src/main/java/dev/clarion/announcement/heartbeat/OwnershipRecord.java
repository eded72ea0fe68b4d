package dev.clarion.announcement.heartbeat;

import dev.clarion.net.Ip;

/**
 * Who owns an address. Of two records the one of the higher epoch holds.
 *
 * @param address the address
 * @param owner the node, or, once released, the node that had it last
 * @param epoch grows with each change of owner
 * @param sinceMillis when the owner got it, unix milliseconds of its own clock; for people and pacing only
 * @param released the owner has given it up: it is anybody's
 */
public record OwnershipRecord(Ip address, String owner, long epoch, long sinceMillis, boolean released) {
    /** Whether this node owns it. */
    public boolean ownedBy(String node) {
        return !released && owner.equals(node);
    }

    /** A number that differs for records that differ, whoever computes it: tables are compared by the sum of these. */
    public long fingerprint() {
        long hash = address.high() * 31 + address.low() + address.family().bits();
        hash = hash * 0x9e3779b97f4a7c15L + epoch;
        hash = hash * 0x9e3779b97f4a7c15L + owner.hashCode() * 2L + (released ? 1 : 0);
        hash = (hash ^ (hash >>> 31)) * 0xbf58476d1ce4e5b9L;
        return hash ^ (hash >>> 29);
    }
}
