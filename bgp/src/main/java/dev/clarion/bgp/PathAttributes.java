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
 */
public record PathAttributes(OptionalLong localPref, Set<Community> communities) {
    /** No wishes. */
    public static final PathAttributes DEFAULT = new PathAttributes(OptionalLong.empty());

    /** Takes a copy of the set. Throws IllegalArgumentException when a value is outside its range. */
    public PathAttributes {
        communities = Set.copyOf(communities);
        if (localPref.isPresent() && (localPref.getAsLong() < 0 || localPref.getAsLong() > 0xffff_ffffL)) {
            throw new IllegalArgumentException(
                    "local preference " + localPref.getAsLong() + " is not from 0 to 4294967295");
        }
    }

    /** A preference without marks. */
    public PathAttributes(OptionalLong localPref) {
        this(localPref, Set.of());
    }

    /** These, and the marks given. */
    public PathAttributes with(Set<Community> more) {
        Set<Community> all = new HashSet<>(communities);
        all.addAll(more);
        return new PathAttributes(localPref, all);
    }
}
