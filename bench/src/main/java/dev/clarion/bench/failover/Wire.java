package dev.clarion.bench.failover;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the capture says of one address between two moments.
 *
 * @param requests how often it was asked for
 * @param doubly requests that were answered from more than one hardware address (of the Ethernet header)
 * @param longestUnanswered the longest time in ms that somebody who asked anew, over and over, had no answer
 * @param claimants the hardware addresses that it was said to have
 * @param announcements frames that said so unasked
 * @param firstOfOthers when it was first said to have another hardware address than at first, ms since the epoch; 0 if never
 */
record Wire(
        int requests,
        int doubly,
        double longestUnanswered,
        Set<String> claimants,
        int announcements,
        double firstOfOthers) {
    /** A reply later than this is taken for none. */
    private static final double LATE = 1_000;

    /**
     * Looks at the frames about one address.
     *
     * @param asker the hardware address of who asks anew, over and over
     * @param former the hardware address that it had at first
     */
    static Wire of(List<Frame> frames, Frame.Address address, double from, double to, String asker, String former) {
        List<Frame> about = frames.stream()
                .filter(f -> f.about().equals(address) && f.at() >= from && f.at() < to)
                .toList();
        Set<String> claimants = new HashSet<>();
        int announcements = 0;
        double first = 0;
        for (Frame frame : about) {
            if (frame.kind() != Frame.Kind.REQUEST) {
                claimants.add(frame.claimed());
                announcements += frame.kind() == Frame.Kind.ANNOUNCEMENT ? 1 : 0;
                if (first == 0 && !frame.claimed().equals(former)) {
                    first = frame.at();
                }
            }
        }
        List<Asked> asked = asked(about);
        int doubly = (int) asked.stream().filter(a -> a.answerers.size() > 1).count();
        return new Wire(asked.size(), doubly, longest(asked, asker, to), claimants, announcements, first);
    }

    /** The most frames that one of these hosts sent within a second. */
    static int peak(List<Frame> frames, double from, double to, Set<String> hosts) {
        Map<String, Deque<Double>> lately = new HashMap<>();
        int most = 0;
        Frame before = null;
        for (Frame frame : frames) {
            // A question in an address's own name was read as two: it asks, and it tells.
            boolean same = before != null
                    && before.at() == frame.at()
                    && before.source().equals(frame.source());
            before = frame;
            if (same || frame.at() < from || frame.at() >= to || !hosts.contains(frame.source())) {
                continue;
            }
            Deque<Double> second = lately.computeIfAbsent(frame.source(), _ -> new ArrayDeque<>());
            second.add(frame.at());
            while (second.getFirst() <= frame.at() - 1_000) {
                second.removeFirst();
            }
            most = Math.max(most, second.size());
        }
        return most;
    }

    private static final class Asked {
        final Frame request;
        final Set<String> answerers = new HashSet<>();
        double answeredAt = -1;

        Asked(Frame request) {
            this.request = request;
        }
    }

    /** A reply answers the newest request of the host that it goes to. */
    private static List<Asked> asked(List<Frame> about) {
        List<Asked> all = new ArrayList<>();
        for (Frame frame : about) {
            if (frame.kind() == Frame.Kind.REQUEST) {
                all.add(new Asked(frame));
            } else if (frame.kind() == Frame.Kind.REPLY) {
                for (int i = all.size() - 1;
                        i >= 0 && frame.at() - all.get(i).request.at() < LATE;
                        i--) {
                    Asked asked = all.get(i);
                    if (asked.request.source().equals(frame.destination())) {
                        asked.answerers.add(frame.source());
                        asked.answeredAt = asked.answeredAt < 0 ? frame.at() : asked.answeredAt;
                        break;
                    }
                }
            }
        }
        return all;
    }

    private static double longest(List<Asked> asked, String asker, double to) {
        double longest = 0;
        double since = -1;
        for (Asked one : asked) {
            if (!one.request.source().equals(asker)) {
                continue;
            }
            if (since < 0) {
                since = one.request.at();
            }
            if (one.answeredAt >= 0) {
                longest = Math.max(longest, one.answeredAt - since);
                since = -1;
            }
        }
        return since < 0 ? longest : Math.max(longest, to - since);
    }
}
