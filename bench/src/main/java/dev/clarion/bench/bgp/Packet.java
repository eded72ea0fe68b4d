package dev.clarion.bench.bgp;

import dev.clarion.net.Ip;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A TCP segment on the wire.
 *
 * @param at milliseconds since the epoch, by the kernel
 * @param from the sender
 * @param fromPort its port
 * @param to the receiver
 * @param toPort its port
 * @param sequence of its first byte
 * @param flags of TCP
 * @param data what it carries
 */
record Packet(double at, Ip from, int fromPort, Ip to, int toPort, int sequence, int flags, byte[] data) {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;

    private static final int ETHERNET = 14;
    private static final int TCP = 6;
    private static final int NANOSECONDS = 0xa1b23c4d;

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Reads what tcpdump writes while it writes it; returns at its end. */
    static void read(InputStream pcap, Consumer<Packet> each) throws IOException {
        DataInputStream in = new DataInputStream(pcap);
        byte[] head = new byte[24];
        byte[] record = new byte[16];
        try {
            in.readFully(head);
            double unit = little(head).getInt(0) == NANOSECONDS ? 1e6 : 1e3;
            while (true) {
                in.readFully(record);
                ByteBuffer fields = little(record);
                double at = Integer.toUnsignedLong(fields.getInt()) * 1e3 + fields.getInt() / unit;
                byte[] frame = new byte[fields.getInt()];
                in.readFully(frame);
                parse(at, frame, each);
            }
        } catch (EOFException end) {
            // tcpdump was ended.
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void parse(double at, byte[] b, Consumer<Packet> each) {
        if (b.length < ETHERNET + 40) {
            return;
        }
        int type = u16(b, 12);
        if (type == 0x0800 && b[ETHERNET + 9] == TCP) {
            int header = (b[ETHERNET] & 0xf) * 4;
            tcp(at, b, ip(b, ETHERNET + 12, 4), ETHERNET + header, ETHERNET + u16(b, ETHERNET + 2), each);
        } else if (type == 0x86dd && b[ETHERNET + 6] == TCP) {
            tcp(at, b, ip(b, ETHERNET + 8, 16), ETHERNET + 40, ETHERNET + 40 + u16(b, ETHERNET + 4), each);
        }
    }

    private static void tcp(double at, byte[] b, Ip[] ends, int tcp, int end, Consumer<Packet> each) {
        if (tcp + 20 > b.length) {
            return;
        }
        int data = tcp + ((b[tcp + 12] & 0xf0) >> 2);
        // A frame may be longer than its packet, which is at least 46 bytes on an Ethernet.
        byte[] payload = Arrays.copyOfRange(b, Math.min(data, b.length), Math.max(data, Math.min(end, b.length)));
        int sequence = ByteBuffer.wrap(b, tcp + 4, 4).getInt();
        each.accept(
                new Packet(at, ends[0], u16(b, tcp), ends[1], u16(b, tcp + 2), sequence, b[tcp + 13] & 0x3f, payload));
    }

    private static Ip[] ip(byte[] b, int at, int length) {
        return new Ip[] {
            Ip.ofBytes(Arrays.copyOfRange(b, at, at + length)),
            Ip.ofBytes(Arrays.copyOfRange(b, at + length, at + 2 * length))
        };
    }

    private static int u16(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
    }
}
