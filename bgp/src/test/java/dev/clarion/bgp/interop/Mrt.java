package dev.clarion.bgp.interop;

import dev.clarion.net.Prefix;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A table dump (RFC 6396 section 4.3), the one way to give GoBGP many routes at once. */
final class Mrt {
    private static final int TABLE_DUMP_V2 = 13;
    private static final int PEER_INDEX_TABLE = 1;
    private static final int RIB_IPV4_UNICAST = 2;
    private static final int PEER_WITH_FOUR_OCTET_AS = 2;

    /** The program that injects a dump ends before its last ones, some hundred, are taken: so those are repetitions. */
    private static final int PADDING = 5_000;

    private static final int ROUTER = 0xc0a8_32fe;
    private static final int AS = 65_001;

    private Mrt() {}

    static void write(Path file) {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            record(out, PEER_INDEX_TABLE, peers());
            int sequence = 0;
            for (Prefix prefix : Stream.concat(
                            Flood.prefixes(), Flood.prefixes().limit(PADDING))
                    .toList()) {
                record(out, RIB_IPV4_UNICAST, entry(sequence++, prefix));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void record(DataOutputStream out, int subtype, byte[] body) throws IOException {
        out.writeInt(0);
        out.writeShort(TABLE_DUMP_V2);
        out.writeShort(subtype);
        out.writeInt(body.length);
        out.write(body);
    }

    private static byte[] peers() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        out.writeInt(ROUTER);
        out.writeShort(0);
        out.writeShort(1);
        out.writeByte(PEER_WITH_FOUR_OCTET_AS);
        out.writeInt(ROUTER);
        out.writeInt(ROUTER);
        out.writeInt(AS);
        return octets.toByteArray();
    }

    private static byte[] entry(int sequence, Prefix prefix) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        out.writeInt(sequence);
        out.writeByte(prefix.length());
        out.write(prefix.network().toBytes(), 0, (prefix.length() + 7) / 8);
        out.writeShort(1);
        out.writeShort(0);
        out.writeInt(0);
        byte[] attributes = {
            0x40,
            1,
            1,
            0, // ORIGIN IGP
            0x40,
            2,
            6,
            2,
            1,
            0,
            0,
            (byte) (AS >> 8),
            (byte) AS, // AS_PATH of one number
            0x40,
            3,
            4,
            (byte) 192,
            (byte) 168,
            50,
            (byte) 254 // NEXT_HOP
        };
        out.writeShort(attributes.length);
        out.write(attributes);
        return octets.toByteArray();
    }
}
