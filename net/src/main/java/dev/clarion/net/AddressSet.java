package dev.clarion.net;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A set of addresses of both families, held as sorted ranges that neither overlap nor touch; so equal sets have equal
 * ranges. Immutable. Costs depend on the number of ranges only, never on how many addresses they hold.
 */
public final class AddressSet {
    /** No address at all. */
    public static final AddressSet EMPTY = new AddressSet(new IpRange[0]);

    private final IpRange[] ranges;
    /** At i, how many addresses the ranges 0 to i hold together. */
    private final BigInteger[] sizes;

    private AddressSet(IpRange[] ranges) {
        this.ranges = ranges;
        this.sizes = new BigInteger[ranges.length];
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < ranges.length; i++) {
            sum = sum.add(ranges[i].size());
            sizes[i] = sum;
        }
    }

    /** The addresses that lie in any of the ranges, which may overlap and come in any order. */
    public static AddressSet of(Collection<IpRange> ranges) {
        return of(ranges.toArray(IpRange[]::new));
    }

    /** The addresses that lie in any of the ranges, which may overlap and come in any order. */
    public static AddressSet of(IpRange... ranges) {
        IpRange[] sorted = ranges.clone();
        Arrays.sort(sorted);
        RangeBuffer merged = new RangeBuffer(sorted.length);
        for (IpRange range : sorted) {
            merged.add(range);
        }
        return ofMerged(merged);
    }

    private static AddressSet ofMerged(RangeBuffer merged) {
        return merged.isEmpty() ? EMPTY : new AddressSet(merged.toArray());
    }

    /** The ranges: sorted, disjoint, as few as possible. */
    public List<IpRange> ranges() {
        return List.of(ranges);
    }

    /** Whether the set holds nothing. */
    public boolean isEmpty() {
        return ranges.length == 0;
    }

    /** Whether the address is in the set. O(log n). */
    public boolean contains(Ip ip) {
        int i = firstEndingAtOrAfter(ip);
        return i < ranges.length && ranges[i].first().compareTo(ip) <= 0;
    }

    /** The exact number of addresses, beyond 64 bits if need be. O(1). */
    public BigInteger size() {
        return isEmpty() ? BigInteger.ZERO : sizes[sizes.length - 1];
    }

    /** The lowest address (IPv4 before IPv6), if any. */
    public Optional<Ip> first() {
        return isEmpty() ? Optional.empty() : Optional.of(ranges[0].first());
    }

    /** The lowest address of the set above {@code after}, which need not be in the set. O(log n). */
    public Optional<Ip> next(Ip after) {
        int i = firstEndingAtOrAfter(after);
        if (i < ranges.length && ranges[i].last().equals(after)) {
            i++;
        }
        if (i == ranges.length) {
            return Optional.empty();
        }
        Ip first = ranges[i].first();
        return Optional.of(first.compareTo(after) > 0 ? first : after.next());
    }

    /**
     * The address with this many addresses of the set below it. O(log n).
     *
     * @throws IndexOutOfBoundsException unless 0 &lt;= index &lt; size()
     */
    public Ip nth(BigInteger index) {
        if (index.signum() < 0 || index.compareTo(size()) >= 0) {
            throw new IndexOutOfBoundsException("index " + index + " of " + size() + " addresses");
        }
        int found = Arrays.binarySearch(sizes, index);
        int i = found >= 0 ? found + 1 : -found - 1;
        BigInteger before = i == 0 ? BigInteger.ZERO : sizes[i - 1];
        return ranges[i].first().plus(index.subtract(before));
    }

    /** The addresses in this set, in the other, or in both. */
    public AddressSet union(AddressSet other) {
        RangeBuffer merged = new RangeBuffer(ranges.length + other.ranges.length);
        int i = 0;
        int j = 0;
        while (i < ranges.length || j < other.ranges.length) {
            boolean mine = j == other.ranges.length || (i < ranges.length && ranges[i].compareTo(other.ranges[j]) <= 0);
            merged.add(mine ? ranges[i++] : other.ranges[j++]);
        }
        return ofMerged(merged);
    }

    /** The addresses in both sets. */
    public AddressSet intersect(AddressSet other) {
        RangeBuffer common = new RangeBuffer(Math.max(ranges.length, other.ranges.length));
        int i = 0;
        int j = 0;
        while (i < ranges.length && j < other.ranges.length) {
            IpRange a = ranges[i];
            IpRange b = other.ranges[j];
            if (a.overlaps(b)) {
                common.add(new IpRange(max(a.first(), b.first()), min(a.last(), b.last())));
            }
            if (a.last().compareTo(b.last()) <= 0) {
                i++;
            } else {
                j++;
            }
        }
        return ofMerged(common);
    }

    /** The addresses in this set that are not in the other. */
    public AddressSet subtract(AddressSet other) {
        RangeBuffer rest = new RangeBuffer(ranges.length + other.ranges.length);
        int from = 0;
        for (IpRange range : ranges) {
            while (from < other.ranges.length && other.ranges[from].last().compareTo(range.first()) < 0) {
                from++;
            }
            addRest(rest, range, other.ranges, from);
        }
        return ofMerged(rest);
    }

    /** What is left of one range without the holes, of which none before {@code from} reaches into it. */
    private static void addRest(RangeBuffer rest, IpRange range, IpRange[] holes, int from) {
        Ip start = range.first();
        for (int i = from; i < holes.length && holes[i].first().compareTo(range.last()) <= 0; i++) {
            if (holes[i].first().compareTo(start) > 0) {
                rest.add(new IpRange(start, holes[i].first().previous()));
            }
            if (holes[i].last().compareTo(range.last()) >= 0) {
                return;
            }
            start = holes[i].last().next();
        }
        rest.add(new IpRange(start, range.last()));
    }

    /** The addresses of one family. */
    public AddressSet only(IpFamily family) {
        RangeBuffer kept = new RangeBuffer(ranges.length);
        for (IpRange range : ranges) {
            if (range.family() == family) {
                kept.add(range);
            }
        }
        return ofMerged(kept);
    }

    /** Binary search for the first range whose last address is not below {@code ip}; ranges.length if none. */
    private int firstEndingAtOrAfter(Ip ip) {
        int low = 0;
        int high = ranges.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges[middle].last().compareTo(ip) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Ip max(Ip a, Ip b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Ip min(Ip a, Ip b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressSet that && Arrays.equals(ranges, that.ranges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ranges);
    }

    /** The ranges, as in {@code [10.0.0.1, 10.0.1.0/24]}. */
    @Override
    public String toString() {
        return Arrays.toString(ranges);
    }
}
