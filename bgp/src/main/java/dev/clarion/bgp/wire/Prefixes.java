package dev.clarion.bgp.wire;

import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.ArrayList;
import java.util.List;

/** Prefixes in UPDATEs: length in bits, then as many octets as hold them (RFC 4271 section 4.3). */
final class Prefixes {
    private Prefixes() {}

    /** Octets that a prefix takes. */
    static int encodedLength(Prefix prefix) {
        return 1 + octets(prefix.length());
    }

    /** Octets that all of them take. */
    static int encodedLength(List<Prefix> prefixes) {
        int sum = 0;
        for (int i = 0; i < prefixes.size(); i++) {
            sum += encodedLength(prefixes.get(i));
        }
        return sum;
    }

    static void write(Writer out, List<Prefix> prefixes) {
        // By index: an iterator is one object more, and this is where the octets of ten thousand routes are made.
        for (int i = 0; i < prefixes.size(); i++) {
            out.prefix(prefixes.get(i));
        }
    }

    /** All prefixes up to the end. */
    static List<Prefix> readAll(Reader in, IpFamily family, BgpError onBadLength) throws DecodeException {
        if (!in.hasMore()) {
            return List.of();
        }
        // Most are host routes; a guess too low costs a copy, and one too high cannot be.
        List<Prefix> prefixes = new ArrayList<>(in.remaining() / (1 + family.bits() / 8) + 1);
        while (in.hasMore()) {
            prefixes.add(in.prefix(family, onBadLength));
        }
        return List.copyOf(prefixes);
    }

    /** Octets that hold so many bits. */
    static int octets(int bits) {
        return (bits + 7) / 8;
    }
}
