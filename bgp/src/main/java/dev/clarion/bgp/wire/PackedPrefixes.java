package dev.clarion.bgp.wire;

import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Prefixes as they came, in the octets of their message: an UPDATE of thousands costs one array, and a prefix becomes an
 * object only when somebody asks for it. A speaker that installs nothing asks for few.
 */
final class PackedPrefixes extends AbstractList<Prefix> implements RandomAccess {
    private static final int[] EVEN = {};

    private final Bytes octets;
    private final IpFamily family;
    private final int size;

    /** Where each begins, unless all take the same number of octets. */
    private final int[] starts;

    private PackedPrefixes(Bytes octets, IpFamily family, int size, int[] starts) {
        this.octets = octets;
        this.family = family;
        this.size = size;
        this.starts = starts;
    }

    /** All prefixes up to the end, each checked. */
    static List<Prefix> read(Reader in, IpFamily family, BgpError onBadLength) throws DecodeException {
        if (!in.hasMore()) {
            return List.of();
        }
        Reader counted = in.again();
        int first = in.peek();
        boolean even = true;
        int size = 0;
        for (; counted.hasMore(); size++) {
            even &= Prefixes.octets(counted.peek()) == Prefixes.octets(first);
            counted.skipPrefix(family, onBadLength);
        }
        int[] starts = even ? EVEN : starts(in.again(), size, family, onBadLength);
        return new PackedPrefixes(in.rest(), family, size, starts);
    }

    private static int[] starts(Reader in, int size, IpFamily family, BgpError onBadLength) throws DecodeException {
        int[] starts = new int[size];
        int from = in.position();
        for (int i = 0; i < size; i++) {
            starts[i] = in.position() - from;
            in.skipPrefix(family, onBadLength);
        }
        return starts;
    }

    @Override
    public Prefix get(int index) {
        int at = start(index);
        int length = octets.u8(at);
        int end = at + 1 + Prefixes.octets(length);
        int middle = Math.min(end, at + 1 + Long.BYTES);
        return Prefixes.prefix(family, length, word(at + 1, middle), word(middle, end));
    }

    private int start(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return starts.length == 0 ? index * (octets.length() / size) : starts[index];
    }

    /** Up to eight octets as the upper end of 64 bits. */
    private long word(int from, int end) {
        long word = 0;
        for (int i = from; i < end; i++) {
            word |= (long) octets.u8(i) << (Long.SIZE - Byte.SIZE * (1 + i - from));
        }
        return word;
    }

    @Override
    public int size() {
        return size;
    }
}
