package dev.clarion.bgp.wire;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * What two OPENs together settle, but for times.
 *
 * @param context how messages are written and read from now on
 * @param families whose routes both exchange (RFC 4760 section 8); possibly none
 * @param ipv4OverIpv6 whether IPv4 routes may have IPv6 next hops (RFC 8950 section 4)
 * @param endOfRib whether the peer knows what End-of-RIB means (RFC 4724 section 3)
 */
public record Agreement(WireContext context, Set<Family> families, boolean ipv4OverIpv6, boolean endOfRib) {
    /** Takes a copy of the set. */
    public Agreement {
        families = Set.copyOf(families);
    }

    /** What follows from our OPEN and the peer's. A capability holds when both have it. */
    public static Agreement of(Open ours, Open theirs) {
        WireContext context = new WireContext(
                ours.fourOctetAs() && theirs.fourOctetAs(),
                ours.as() != theirs.as(),
                ours.extendedMessages() && theirs.extendedMessages(),
                ours.enhancedRefresh() && theirs.enhancedRefresh());
        Set<Family> families =
                ours.families().stream().filter(theirs.families()::contains).collect(Collectors.toSet());
        return new Agreement(
                context,
                families,
                ours.ipv4OverIpv6() && theirs.ipv4OverIpv6(),
                theirs.gracefulRestart().isPresent());
    }
}
