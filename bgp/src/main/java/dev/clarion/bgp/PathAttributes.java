package dev.clarion.bgp;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is said about a route beside its prefix and next hop. ORIGIN is always IGP: routers treat routes of different
 * origin as unequal and would not use them side by side.
 *
 * @param localPref LOCAL_PREF, 0 to 4294967295, sent to iBGP peers only (RFC 4271 section 5.1.5); empty means 100
 * @param communities marks; their order is of no importance
 * @param bandwidth octets per second that the destination takes by way of us, 0 to 4294967295, for routers that spread
 *     traffic by it (draft-ietf-idr-link-bandwidth); empty says nothing
 */
public record PathAttributes(OptionalLong localPref, Set<Community> communities, OptionalLong bandwidth) {
    /** No wishes. */
    public static final PathAttributes DEFAULT = new PathAttributes(OptionalLong.empty());

    /** Takes a copy of the set. Throws IllegalArgumentException when a value is outside its range. */
    public PathAttributes {
        communities = Set.copyOf(communities);
        check("local preference", localPref);
        check("bandwidth", bandwidth);
    }

    /** A preference and marks. */
    public PathAttributes(OptionalLong localPref, Set<Community> communities) {
        this(localPref, communities, OptionalLong.empty());
    }

    /** A preference without marks. */
    public PathAttributes(OptionalLong localPref) {
        this(localPref, Set.of());
    }

    /** These, and the marks given. */
    public PathAttributes with(Set<Community> more) {
        Set<Community> all = new HashSet<>(communities);
        all.addAll(more);
        return new PathAttributes(localPref, all, bandwidth);
    }

    private static void check(String what, OptionalLong number) {
        if (number.isPresent() && (number.getAsLong() < 0 || number.getAsLong() > 0xffff_ffffL)) {
            throw new IllegalArgumentException(what + " " + number.getAsLong() + " is not from 0 to 4294967295");
        }
    }
}
