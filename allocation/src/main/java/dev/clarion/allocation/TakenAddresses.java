package dev.clarion.allocation;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of single addresses that grows and shrinks, and knows the next address that is not in it without walking over
 * those that are. Words of 64 addresses, and the stretches of words that are full: so all costs grow with the logarithm
 * of the number of stretches, whether a /8 is full or a /64 is scattered.
 */
final class TakenAddresses {
    private static final int WORD = 64;
    private static final long FULL = -1L;

    /** The words that are neither empty nor full, by their first address. */
    private final Map<Ip, long[]> words = new HashMap<>();
    /** Stretches of full words that do not touch: the first address of the first, the first address of the last. */
    private final TreeMap<Ip, Ip> full = new TreeMap<>();

    boolean contains(Ip ip) {
        Ip word = word(ip);
        long[] bits = words.get(word);
        return bits == null ? isFull(word) : (bits[0] & bit(ip)) != 0;
    }

    /** Adds the address; false if it was there. */
    boolean add(Ip ip) {
        Ip word = word(ip);
        long[] bits = words.get(word);
        if (bits == null) {
            if (isFull(word)) {
                return false;
            }
            words.put(word, new long[] {bit(ip)});
            return true;
        }
        long before = bits[0];
        bits[0] |= bit(ip);
        if (bits[0] == FULL) {
            words.remove(word);
            fill(word);
        }
        return bits[0] != before;
    }

    /** Removes the address; false if it was not there. */
    boolean remove(Ip ip) {
        Ip word = word(ip);
        long[] bits = words.get(word);
        if (bits == null) {
            if (!isFull(word)) {
                return false;
            }
            split(word);
            words.put(word, new long[] {~bit(ip)});
            return true;
        }
        long before = bits[0];
        bits[0] &= ~bit(ip);
        if (bits[0] == 0) {
            words.remove(word);
        }
        return bits[0] != before;
    }

    /** The lowest address from {@code from} to {@code last}, of the same family, that is not in the set. */
    @Nullable
    Ip firstFree(Ip from, Ip last) {
        Ip at = from;
        while (at.compareTo(last) <= 0) {
            Ip word = word(at);
            long[] bits = words.get(word);
            if (bits == null) {
                Map.Entry<Ip, Ip> stretch = full.floorEntry(word);
                if (stretch == null || stretch.getValue().compareTo(word) < 0) {
                    return at;
                }
                word = stretch.getValue();
            } else {
                long free = ~bits[0] & FULL << (at.low() & WORD - 1);
                if (free != 0) {
                    Ip found = plus(word, Long.numberOfTrailingZeros(free));
                    return found.compareTo(last) <= 0 ? found : null;
                }
            }
            if (word.compareTo(word(last)) >= 0) {
                return null;
            }
            at = plus(word, WORD);
        }
        return null;
    }

    private boolean isFull(Ip word) {
        Map.Entry<Ip, Ip> stretch = full.floorEntry(word);
        return stretch != null && stretch.getValue().compareTo(word) >= 0;
    }

    private void fill(Ip word) {
        Ip first = word;
        Ip last = word;
        Map.Entry<Ip, Ip> below = full.lowerEntry(word);
        if (below != null && plus(below.getValue(), WORD).equals(word)) {
            first = below.getKey();
        }
        Map.Entry<Ip, Ip> above = full.higherEntry(word);
        if (above != null && plus(word, WORD).equals(above.getKey())) {
            last = above.getValue();
            full.remove(above.getKey());
        }
        full.put(first, last);
    }

    private void split(Ip word) {
        Map.Entry<Ip, Ip> stretch = full.floorEntry(word);
        Ip first = stretch.getKey();
        Ip last = stretch.getValue();
        full.remove(first);
        if (first.compareTo(word) < 0) {
            full.put(first, plus(word, -WORD));
        }
        if (word.compareTo(last) < 0) {
            full.put(plus(word, WORD), last);
        }
    }

    private static Ip word(Ip ip) {
        long low = ip.low() & -WORD;
        return ip.family() == IpFamily.IPV4 ? Ip.ofV4((int) low) : Ip.ofV6(ip.high(), low);
    }

    private static long bit(Ip ip) {
        return 1L << (ip.low() & WORD - 1);
    }

    /** Never beyond the end of the family in a way that matters: there the sum is smaller, so nothing equals it. */
    private static Ip plus(Ip word, int distance) {
        long low = word.low() + distance;
        if (word.family() == IpFamily.IPV4) {
            return Ip.ofV4((int) low);
        }
        long carry = distance >= 0 && Long.compareUnsigned(low, word.low()) < 0
                ? 1
                : distance < 0 && Long.compareUnsigned(low, word.low()) > 0 ? -1 : 0;
        return Ip.ofV6(word.high() + carry, low);
    }
}
