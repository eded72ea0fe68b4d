package dev.clarion.announcement.heartbeat;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;

/**
 * A node's own address on a segment, with the length of its network.
 *
 * @param address the address
 * @param length the prefix length
 */
public record SegmentAddress(Ip address, int length) {
    /** Throws IllegalArgumentException if the length does not suit the family. */
    public SegmentAddress {
        if (length < 0 || length > address.family().bits()) {
            throw new IllegalArgumentException(address + "/" + length);
        }
    }

    /** Reads {@code address/length}, for tests and tools. */
    public static SegmentAddress parse(String text) {
        int slash = text.lastIndexOf('/');
        return new SegmentAddress(Ip.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** The network. */
    public Prefix network() {
        return Prefix.containing(address, length);
    }

    /** Whether the other address is in the same network. */
    boolean holds(Ip other) {
        if (other.family() != address.family()) {
            return false;
        }
        int beyond = address.family().bits() - length;
        long high = beyond <= Long.SIZE ? -1 : beyond == 2 * Long.SIZE ? 0 : -1L << (beyond - Long.SIZE);
        long low = beyond >= Long.SIZE ? 0 : -1L << beyond;
        return ((address.high() ^ other.high()) & high) == 0 && ((address.low() ^ other.low()) & low) == 0;
    }

    static SegmentAddress read(Reader reader) throws Malformed {
        int head = reader.u8();
        Ip address = Ip.ofBytes(reader.take(head == 6 ? 16 : 4));
        int length = reader.u8();
        if ((head != 4 && head != 6) || length > address.family().bits()) {
            throw new Malformed();
        }
        return new SegmentAddress(address, length);
    }

    void write(Writer writer) {
        writer.u8(address.family() == IpFamily.IPV6 ? 6 : 4)
                .bytes(address.toBytes())
                .u8(length);
    }
}
