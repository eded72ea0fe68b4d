package dev.clarion.bgp;

import java.util.OptionalLong;

/**
 * What is said about a route beside its prefix and next hop. ORIGIN is always IGP: routers treat routes of different
 * origin as unequal and would not use them side by side.
 *
 * @param localPref LOCAL_PREF, 0 to 4294967295, sent to iBGP peers only (RFC 4271 section 5.1.5); empty means 100
 */
public record PathAttributes(OptionalLong localPref) {
    /** No wishes. */
    public static final PathAttributes DEFAULT = new PathAttributes(OptionalLong.empty());

    /** Throws IllegalArgumentException when a value is outside its range. */
    public PathAttributes {
        if (localPref.isPresent() && (localPref.getAsLong() < 0 || localPref.getAsLong() > 0xffff_ffffL)) {
            throw new IllegalArgumentException(
                    "local preference " + localPref.getAsLong() + " is not from 0 to 4294967295");
        }
    }
}
