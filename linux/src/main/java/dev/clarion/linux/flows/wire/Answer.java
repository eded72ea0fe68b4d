package dev.clarion.linux.flows.wire;

import dev.clarion.net.Ip;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One message of the kernel's, with its attributes looked up where they lie: dumps have very many of them.
 *
 * @param type its type
 * @param flags NLM_F_...
 * @param sequence of the request
 * @param bytes the whole datagram, in this machine's order
 * @param from where its body begins
 * @param to where it ends
 */
public record Answer(int type, int flags, int sequence, ByteBuffer bytes, int from, int to) {
    private static final int HEADER = 16;
    private static final int ATTRIBUTE = 4;
    private static final int TYPE = 0x3fff;
    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int DUMP_INTERRUPTED = 0x10;

    /** The messages of a datagram, up to the first one whose length is wrong. */
    public static List<Answer> all(ByteBuffer bytes) {
        List<Answer> all = new ArrayList<>();
        int at = 0;
        while (bytes.limit() - at >= HEADER) {
            int length = bytes.getInt(at);
            if (length < HEADER || length > bytes.limit() - at) {
                return all;
            }
            all.add(new Answer(
                    bytes.getShort(at + 4) & 0xffff,
                    bytes.getShort(at + 6) & 0xffff,
                    bytes.getInt(at + 8),
                    bytes,
                    at + HEADER,
                    at + length));
            at += aligned(length);
        }
        return all;
    }

    /** Whether the list ends here. */
    public boolean done() {
        return type == DONE;
    }

    /** Whether something changed while the kernel listed, so that the list may have gaps. */
    public boolean interrupted() {
        return (flags & DUMP_INTERRUPTED) != 0;
    }

    /** The number of errno(3), 0 for an acknowledgement; empty if it is neither. A list may end with one, too. */
    public Optional<Integer> error() {
        boolean told = type == ERROR || type == DONE;
        return told && to - from >= Integer.BYTES ? Optional.of(-bytes.getInt(from)) : Optional.empty();
    }

    /** An attribute of the message, behind a fixed part of so many bytes. */
    Field find(int fixed, int attribute) {
        return find(bytes, from + fixed, to, attribute);
    }

    static int aligned(int length) {
        return (length + 3) & ~3;
    }

    private static Field find(ByteBuffer bytes, int from, int to, int type) {
        int at = from;
        while (to - at >= ATTRIBUTE) {
            int length = bytes.getShort(at) & 0xffff;
            if (length < ATTRIBUTE || length > to - at) {
                break;
            }
            if ((bytes.getShort(at + 2) & TYPE) == type) {
                return new Field(bytes, at + ATTRIBUTE, at + length);
            }
            at += aligned(length);
        }
        return new Field(bytes, 0, -1);
    }

    /**
     * The value of an attribute, from {@code at} to {@code end}; if there is no such attribute, {@code end} lies before.
     */
    record Field(ByteBuffer bytes, int at, int end) {
        boolean present() {
            return end >= at;
        }

        private boolean has(int length) {
            return end - at == length;
        }

        Field find(int type) {
            return Answer.find(bytes, at, end, type);
        }

        /** The fields in it, of whatever type. */
        List<Field> each() {
            List<Field> fields = new ArrayList<>();
            int next = at;
            while (end - next >= ATTRIBUTE) {
                int length = bytes.getShort(next) & 0xffff;
                if (length < ATTRIBUTE || length > end - next) {
                    break;
                }
                fields.add(new Field(bytes, next + ATTRIBUTE, next + length));
                next += aligned(length);
            }
            return fields;
        }

        /** One byte, or -1. */
        int u8() {
            return has(1) ? bytes.get(at) & 0xff : -1;
        }

        /** Two bytes in network order, or -1. */
        int port() {
            return has(2) ? port(0) : -1;
        }

        /** Two bytes of the value in network order; they are there. */
        int port(int skip) {
            return (bytes.get(at + skip) & 0xff) << 8 | (bytes.get(at + skip + 1) & 0xff);
        }

        /** Four bytes in this machine's order. */
        Optional<Integer> own() {
            return has(4) ? Optional.of(bytes.getInt(at)) : Optional.empty();
        }

        Optional<Ip> ip() {
            return has(4) || has(16) ? Optional.of(ip(0, end - at)) : Optional.empty();
        }

        /** An address in the value; it is there. */
        Ip ip(int skip, int length) {
            byte[] value = new byte[length];
            bytes.get(at + skip, value);
            return Ip.ofBytes(value);
        }

        /** Whether it is this address; nothing is made for that. */
        boolean is(byte[] address) {
            if (!has(address.length)) {
                return false;
            }
            for (int i = 0; i < address.length; i++) {
                if (bytes.get(at + i) != address[i]) {
                    return false;
                }
            }
            return true;
        }

        int length() {
            return end - at;
        }
    }
}
