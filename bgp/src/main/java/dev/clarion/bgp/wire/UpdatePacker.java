package dev.clarion.bgp.wire;

import dev.clarion.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Takes as many prefixes as one UPDATE holds: one announcement, then prefixes up to the longest message that is agreed on.
 * Withdrawals, IPv4 in its own field and MP_REACH never share a message (RFC 7606 section 5.1).
 */
public final class UpdatePacker {
    /** A long multiprotocol attribute needs a second octet for its length. */
    private static final int IN_HAND = 1;

    private final WireContext context;

    /** For a session of which this is agreed. */
    public UpdatePacker(WireContext context) {
        this.context = context;
    }

    /** Octets that are left for prefixes beside this announcement; negative when its attributes alone are too much. */
    public int room(Announcement announcement) {
        return room(announcement.update(List.of()));
    }

    /** The next prefixes to be announced in one message, taken off the queue. */
    public List<Prefix> take(Announcement announcement, Queue<Prefix> from) {
        return take(room(announcement), from);
    }

    /** The next prefixes to be withdrawn in one message, taken off the queue: of one family, that of the first. */
    public List<Prefix> takeWithdrawn(Family family, Queue<Prefix> from) {
        return take(room(withdrawal(family, List.of())), from);
    }

    /** An UPDATE that withdraws these prefixes of a family, whatever the next hop was that they were announced with. */
    public static Update withdrawal(Family family, List<Prefix> prefixes) {
        return family.equals(Family.IPV4_UNICAST)
                ? new Update(prefixes, List.of(), List.of())
                : new Update(List.of(), List.of(new MpUnreach(family, prefixes)), List.of());
    }

    private int room(Update empty) {
        return context.longest(MessageType.UPDATE) - empty.length(context) - IN_HAND;
    }

    private static List<Prefix> take(int room, Queue<Prefix> from) {
        int left = room;
        Prefix next = from.peek();
        if (next == null) {
            return List.of();
        }
        // As many as fit if all are as long as the first, which host routes are.
        int likely = Math.min(from.size(), Math.max(room, 0) / Prefixes.encodedLength(next));
        List<Prefix> taken = new ArrayList<>(likely);
        for (; next != null; next = from.peek()) {
            left -= Prefixes.encodedLength(next);
            if (left < 0) {
                break;
            }
            taken.add(from.remove());
        }
        return taken;
    }
}
