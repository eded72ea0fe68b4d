package dev.clarion.allocation;

import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.IpRange;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one family of one pool, in the order in which they are handed out: first those that nobody had, the
 * lowest first; then those that rest, the one released longest ago first, each from the time when it is due. Every
 * operation costs O(log n), however many addresses there are and however full the pool is.
 */
public final class FreeAddresses {
    private final List<IpRange> ranges;
    private final boolean avoidBuggy;
    private final TakenAddresses taken = new TakenAddresses();
    private final TreeSet<Rest> resting = new TreeSet<>();
    private final Map<Ip, Rest> restOf = new HashMap<>();
    /** Below this address of this range all are taken. */
    private int range;

    private @Nullable Ip cursor;

    private record Rest(Instant released, Instant due, Ip ip) implements Comparable<Rest> {
        private static final Comparator<Rest> ORDER =
                Comparator.comparing(Rest::due).thenComparing(Rest::released).thenComparing(Rest::ip);

        @Override
        public int compareTo(Rest other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * All free.
     *
     * @param addresses the addresses, of one family
     * @param avoidBuggy whether IPv4 addresses that end in 0 or 255 are left out
     */
    public FreeAddresses(AddressSet addresses, boolean avoidBuggy) {
        this.ranges = addresses.ranges();
        this.avoidBuggy = avoidBuggy;
    }

    /** Whether an address is one that old equipment takes for that of a network or for a broadcast. */
    static boolean isBuggy(Ip ip) {
        long last = ip.low() & 0xff;
        return ip.family() == IpFamily.IPV4 && (last == 0 || last == 0xff);
    }

    /** The address is in use from now on, whether or not it is one of these. */
    public void take(Ip ip) {
        wake(ip);
        taken.add(ip);
    }

    /** The address, which nobody uses any more, rests until it is due. */
    public void rest(Ip ip, Instant released, Instant due) {
        wake(ip);
        taken.add(ip);
        Rest rest = new Rest(released, due, ip);
        restOf.put(ip, rest);
        resting.add(rest);
    }

    /** The address counts as one that nobody had. */
    public void forget(Ip ip) {
        wake(ip);
        if (taken.remove(ip)) {
            int at = range(ip);
            if (at >= 0 && (at < range || (at == range && (cursor == null || ip.compareTo(cursor) < 0)))) {
                range = at;
                cursor = ip;
            }
        }
    }

    private void wake(Ip ip) {
        Rest rest = restOf.remove(ip);
        if (rest != null) {
            resting.remove(rest);
        }
    }

    /** The address to hand out next; it stays the next one until it is taken. */
    public Optional<Ip> next(Instant now) {
        Ip fresh = lowest();
        if (fresh != null) {
            return Optional.of(fresh);
        }
        return resting.isEmpty() || resting.first().due().isAfter(now)
                ? Optional.empty()
                : Optional.of(resting.first().ip());
    }

    /** When the first of those that rest is due. */
    public Optional<Instant> firstDue() {
        return resting.isEmpty()
                ? Optional.empty()
                : Optional.of(resting.first().due());
    }

    private @Nullable Ip lowest() {
        for (; range < ranges.size(); range++, cursor = null) {
            IpRange current = ranges.get(range);
            Ip from = cursor == null ? current.first() : cursor;
            Ip found = taken.firstFree(from, current.last());
            while (found != null && avoidBuggy && isBuggy(found)) {
                found = found.equals(current.last()) ? null : taken.firstFree(found.next(), current.last());
            }
            if (found != null) {
                cursor = found;
                return found;
            }
        }
        return null;
    }

    /** The range that the address lies in, or a negative number. */
    private int range(Ip ip) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).last().compareTo(ip) < 0) {
                low = middle + 1;
            } else if (ranges.get(middle).first().compareTo(ip) > 0) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -1;
    }
}
