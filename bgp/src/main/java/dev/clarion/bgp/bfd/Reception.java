package dev.clarion.bgp.bfd;

import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.ControlPacket;
import dev.clarion.bgp.bfd.wire.Discard;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Whose packet it is, or why it is nobody's (RFC 5880 section 6.8.6, in the order of {@link Discard}). Allocates
 * nothing for a packet that is dropped, so that a flood of them costs processor time alone.
 */
final class Reception {
    private static final int ALL_HOPS = 255;

    private final Map<Discard, AtomicLong> dropped = new EnumMap<>(Discard.class);
    private Neighbor[] neighbors = {};

    Reception() {
        for (Discard why : Discard.values()) {
            dropped.put(why, new AtomicLong());
        }
    }

    /** These are the sessions now. */
    void neighbors(Neighbor[] next) {
        neighbors = next;
    }

    /** Hands a datagram to its session. */
    void take(Kind kind, Arrival arrival, long now) {
        Discard why = kind.multihop() || arrival.hops == ALL_HOPS
                ? ControlPacket.fault(arrival.octets, arrival.length)
                : Discard.NOT_FROM_THIS_LINK;
        if (why != null) {
            drop(null, why);
            return;
        }
        int discriminator = ControlPacket.yourDiscriminator(arrival.octets);
        Neighbor neighbor = discriminator == 0 ? bySender(kind, arrival) : byDiscriminator(discriminator);
        if (discriminator == 0 && !mayBeginOrEnd(ControlPacket.state(arrival.octets))) {
            drop(neighbor, Discard.YOUR_DISCRIMINATOR_ZERO);
        } else if (neighbor == null) {
            drop(null, discriminator == 0 ? Discard.STRANGER : Discard.UNKNOWN_DISCRIMINATOR);
        } else if (!neighbor.onPath(kind, arrival)) {
            drop(neighbor, Discard.WRONG_PATH);
        } else if (arrival.hops < neighbor.leastHops()) {
            drop(neighbor, Discard.TOO_MANY_HOPS);
        } else if (ControlPacket.authenticated(arrival.octets)) {
            drop(neighbor, Discard.AUTHENTICATED);
        } else {
            neighbor.session().received(now, arrival.octets);
        }
    }

    private static boolean mayBeginOrEnd(BfdState state) {
        return state == BfdState.DOWN || state == BfdState.ADMIN_DOWN;
    }

    private @Nullable Neighbor byDiscriminator(int discriminator) {
        for (Neighbor neighbor : neighbors) {
            if (neighbor.discriminator() == discriminator) {
                return neighbor;
            }
        }
        return null;
    }

    private @Nullable Neighbor bySender(Kind kind, Arrival arrival) {
        for (Neighbor neighbor : neighbors) {
            if (neighbor.isFor(kind, arrival)) {
                return neighbor;
            }
        }
        return null;
    }

    private void drop(@Nullable Neighbor neighbor, Discard why) {
        AtomicLong count = dropped.get(why);
        if (count != null) { // It is: each has one from the beginning.
            count.incrementAndGet();
        }
        if (neighbor != null) {
            neighbor.session().tally().dropped++;
        }
    }

    /** How many were dropped, by reason; without those never seen. */
    Map<Discard, Long> dropped() {
        Map<Discard, Long> seen = new EnumMap<>(Discard.class);
        dropped.forEach((why, count) -> {
            if (count.get() > 0) {
                seen.put(why, count.get());
            }
        });
        return seen;
    }
}
