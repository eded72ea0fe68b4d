package dev.clarion.bgp;

import dev.clarion.net.IpFamily;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When a peer is told that the routes of a family begin or end: End-of-RIB after the first time (RFC 4724 section 2), and
 * the marks around a refresh (RFC 7313 section 4). A refresh that is asked for during a refresh is done once, after it,
 * however often it was asked for.
 */
final class RouteMarks {
    /** What there is to tell. */
    enum Kind {
        /** All routes of the family have been sent for the first time. */
        END_OF_RIB,
        /** All routes of the family follow again. */
        REFRESH_BEGINS,
        /** All routes of the family have been sent again. */
        REFRESH_ENDS
    }

    /**
     * A refresh that is to begin.
     *
     * @param marked whether the peer is told
     */
    record Begun(IpFamily family, boolean marked) {}

    /**
     * A stretch of routes that has ended.
     *
     * @param kind what the peer is told, if anything
     */
    record Ended(IpFamily family, Optional<Kind> kind) {}

    /** Exchanged families whose routes are sent for the first time. */
    private final Set<IpFamily> first = EnumSet.noneOf(IpFamily.class);

    private final Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
    private final Set<IpFamily> requested = EnumSet.noneOf(IpFamily.class);

    /** Families whose routes are being sent again, and whether the peer was told so. */
    private final Map<IpFamily, Boolean> refreshing = new EnumMap<>(IpFamily.class);

    private boolean complete;
    private boolean endOfRib;
    private boolean enhanced;

    void begin(Set<IpFamily> exchanged, boolean peerKnowsEndOfRib, boolean peerKnowsRefreshMarks) {
        end();
        endOfRib = peerKnowsEndOfRib;
        enhanced = peerKnowsRefreshMarks;
        families.addAll(exchanged);
        first.addAll(exchanged);
    }

    void end() {
        families.clear();
        first.clear();
        requested.clear();
        refreshing.clear();
    }

    /** What is desired is all there is to be sent. Stays so over sessions. */
    void complete() {
        complete = true;
    }

    /** Of no effect for a family that is not exchanged. */
    void request(IpFamily family) {
        if (families.contains(family)) {
            requested.add(family);
        }
    }

    /** A refresh that was asked for and can begin now. */
    Optional<Begun> nextBegin() {
        Optional<IpFamily> next = requested.stream()
                .filter(family -> !refreshing.containsKey(family))
                .findFirst();
        return next.map(family -> {
            // Before End-of-RIB nothing may be marked, but routes may be sent twice (RFC 7313 section 4).
            boolean marked = enhanced && !first.contains(family);
            requested.remove(family);
            refreshing.put(family, marked);
            return new Begun(family, marked);
        });
    }

    /** To be asked when all routes have been sent: what has ended with that. */
    Optional<Ended> nextEnd() {
        Optional<IpFamily> refreshed = refreshing.keySet().stream().findFirst();
        if (refreshed.isPresent()) {
            boolean marked = Boolean.TRUE.equals(refreshing.remove(refreshed.get()));
            return Optional.of(new Ended(refreshed.get(), marked ? Optional.of(Kind.REFRESH_ENDS) : Optional.empty()));
        }
        if (!endOfRib) {
            first.clear();
        }
        if (!complete) {
            return Optional.empty();
        }
        Optional<IpFamily> ended = first.stream().findFirst();
        ended.ifPresent(first::remove);
        return ended.map(family -> new Ended(family, Optional.of(Kind.END_OF_RIB)));
    }
}
