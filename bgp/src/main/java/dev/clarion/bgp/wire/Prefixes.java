package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Prefixes in UPDATEs: length in bits, then as many octets as hold them (RFC 4271 section 4.3). */
final class Prefixes {
    private Prefixes() {}

    /** Octets that a prefix takes. */
    static int encodedLength(Prefix prefix) {
        return 1 + octets(prefix.length());
    }

    static void write(Writer out, List<Prefix> prefixes) {
        for (Prefix prefix : prefixes) {
            out.u8(prefix.length()).bytes(prefix.network().toBytes(), octets(prefix.length()));
        }
    }

    /** All prefixes up to the end. Bits beyond a prefix's length have no meaning and are dropped. */
    static List<Prefix> readAll(Reader in, IpFamily family, BgpError onBadLength) throws DecodeException {
        List<Prefix> prefixes = new ArrayList<>();
        while (in.hasMore()) {
            int length = in.u8();
            if (length > family.bits()) {
                throw new DecodeException(onBadLength);
            }
            byte[] address = Arrays.copyOf(in.take(octets(length)), family.bits() / 8);
            prefixes.add(Prefix.containing(Ip.ofBytes(address), length));
        }
        return List.copyOf(prefixes);
    }

    private static int octets(int bits) {
        return (bits + 7) / 8;
    }
}
