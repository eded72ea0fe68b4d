package dev.clarion.net;

import java.util.ArrayList;
import java.util.List;

/** Takes ranges in ascending order of their first address and joins those that overlap or touch. */
final class RangeBuffer {
    private final List<IpRange> ranges;

    RangeBuffer(int capacity) {
        this.ranges = new ArrayList<>(capacity);
    }

    void add(IpRange range) {
        if (!ranges.isEmpty() && joins(ranges.getLast(), range)) {
            IpRange before = ranges.getLast();
            if (before.last().compareTo(range.last()) < 0) {
                ranges.set(ranges.size() - 1, new IpRange(before.first(), range.last()));
            }
        } else {
            ranges.add(range);
        }
    }

    /** The last IPv4 and the first IPv6 address are neighbours in the order, but no range spans families. */
    private static boolean joins(IpRange before, IpRange range) {
        return before.family() == range.family()
                && (before.last().compareTo(range.first()) >= 0
                        || before.last().next().equals(range.first()));
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    IpRange[] toArray() {
        return ranges.toArray(IpRange[]::new);
    }
}
