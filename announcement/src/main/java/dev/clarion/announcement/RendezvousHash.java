package dev.clarion.announcement;

import dev.clarion.net.Ip;
import java.nio.charset.StandardCharsets;

/**
 * Highest random weight: each node gets a score for each key, the highest wins. A node that leaves moves only what it
 * owned, one that joins takes only what it wins. The scores are part of the protocol between speakers of different
 * versions and must never change: FNV-1a (64 bit) over the node's name in UTF-8, a zero byte and the key (an address
 * in network order, or another node's name in UTF-8), then the finalizer of MurmurHash3, because FNV alone hardly mixes
 * the high bits of short inputs.
 */
public final class RendezvousHash {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private RendezvousHash() {}

    /** The score of the node for the address; compare unsigned. */
    public static long score(String node, Ip key) {
        return score(node, key.toBytes());
    }

    /** The score of the node for another node, whose monitor it might be; compare unsigned. */
    public static long score(String node, String key) {
        return score(node, key.getBytes(StandardCharsets.UTF_8));
    }

    private static long score(String node, byte[] key) {
        return score(begun(node), key);
    }

    /** What scores of the node begin with, for who asks for many of them. */
    public static long begun(String node) {
        return fnv(FNV_OFFSET, node.getBytes(StandardCharsets.UTF_8)) * FNV_PRIME; // the zero byte between name and key
    }

    /** The score of a node for an address in network order, see {@link #begun}; compare unsigned. */
    public static long score(long begun, byte[] address) {
        return mix(fnv(begun, address));
    }

    private static long fnv(long start, byte[] bytes) {
        long hash = start;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    private static long mix(long value) {
        long h = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
