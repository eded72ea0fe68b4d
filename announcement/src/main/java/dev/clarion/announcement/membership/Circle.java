package dev.clarion.announcement.membership;

import dev.clarion.announcement.RendezvousHash;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who watches whom, as this node sees it.
 *
 * @param monitors those who watch this node
 * @param watched those whom this node watches
 */
record Circle(SequencedSet<String> monitors, SortedSet<String> watched) {
    static final Circle NONE = new Circle(new LinkedHashSet<>(), new TreeSet<>());

    Circle {
        monitors = Collections.unmodifiableSequencedSet(monitors);
        watched = Collections.unmodifiableSortedSet(watched);
    }

    /** @param present the other nodes that are not dead */
    static Circle draw(String self, SortedSet<String> present, int count) {
        TreeSet<String> watched = new TreeSet<>();
        for (String node : present) {
            if (ranksBelow(self, node, present, count)) {
                watched.add(node);
            }
        }
        return new Circle(new LinkedHashSet<>(Monitors.of(self, present, count)), watched);
    }

    /** Whether fewer than {@code count} others score higher for the node. */
    private static boolean ranksBelow(String self, String node, SortedSet<String> present, int count) {
        long mine = RendezvousHash.score(self, node);
        int better = 0;
        for (String other : present) {
            if (!other.equals(node)) {
                int order = Long.compareUnsigned(RendezvousHash.score(other, node), mine);
                better += order > 0 || (order == 0 && other.compareTo(self) < 0) ? 1 : 0;
                if (better >= count) {
                    return false;
                }
            }
        }
        return true;
    }
}
