package dev.clarion.linux.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The attributes of a message ({@code struct rtattr}), with lengths that were checked. */
final class Attributes {

    private static final int HEADER = 4;
    private static final int TYPE = 0x3fff;
    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;
    private static final int MAC_LENGTH = 6;

    private final List<Attribute> all;

    /** One attribute: its value is from {@code at} on, {@code length} bytes. */
    record Attribute(ByteBuffer bytes, int type, int at, int length) {

        Optional<Ip> ip() {
            return length == IPV4_LENGTH || length == IPV6_LENGTH
                    ? Optional.of(Ip.ofBytes(value(0)))
                    : Optional.empty();
        }

        /** The address of {@code struct rtvia}, behind its family. */
        Optional<Ip> via() {
            int address = length - Short.BYTES;
            return address == IPV4_LENGTH || address == IPV6_LENGTH
                    ? Optional.of(Ip.ofBytes(value(Short.BYTES)))
                    : Optional.empty();
        }

        Optional<Mac> mac() {
            return length == MAC_LENGTH ? Optional.of(Mac.ofBytes(value(0))) : Optional.empty();
        }

        Optional<Integer> number() {
            return length == Integer.BYTES ? Optional.of(bytes.getInt(at)) : Optional.empty();
        }

        /** Text up to a zero byte, or to the end. */
        String text() {
            byte[] value = value(0);
            int end = 0;
            while (end < value.length && value[end] != 0) {
                end++;
            }
            return new String(value, 0, end, StandardCharsets.UTF_8);
        }

        /** The attributes in it; none if a length is wrong. */
        Attributes nested() {
            return read(bytes, at, at + length).orElseGet(() -> new Attributes(List.of()));
        }

        int end() {
            return at + length;
        }

        private byte[] value(int skip) {
            byte[] value = new byte[length - skip];
            bytes.get(at + skip, value);
            return value;
        }
    }

    private Attributes(List<Attribute> all) {
        this.all = List.copyOf(all);
    }

    /** The attributes between two positions; empty if a length is wrong. */
    static Optional<Attributes> read(ByteBuffer bytes, int from, int to) {
        List<Attribute> found = new ArrayList<>();
        int at = from;
        while (to - at >= HEADER) {
            int length = bytes.getShort(at) & 0xffff;
            if (length < HEADER || length > to - at) {
                return Optional.empty();
            }
            int type = bytes.getShort(at + 2) & TYPE;
            found.add(new Attribute(bytes, type, at + HEADER, length - HEADER));
            at += aligned(length);
        }
        return Optional.of(new Attributes(found));
    }

    static int aligned(int length) {
        return (length + 3) & ~3;
    }

    /** The first one of a type. */
    Optional<Attribute> find(int type) {
        return all.stream().filter(each -> each.type() == type).findFirst();
    }
}
