package dev.clarion.bench.failover;

import dev.clarion.bench.lab.BenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * An ARP or NDP frame on the segment.
 *
 * @param at milliseconds since the epoch
 * @param kind what it is
 * @param source of the Ethernet header
 * @param destination of the Ethernet header
 * @param about the address that is asked for, or claimed
 * @param claimed the hardware address that is claimed; empty if none is
 */
record Frame(double at, Kind kind, String source, String destination, Address about, String claimed) {
    enum Kind {
        /** Who has it? */
        REQUEST,
        /** An answer to one host. */
        REPLY,
        /** Said to all, or by a question asked in the address's own name. */
        ANNOUNCEMENT
    }

    /** IPv4 or IPv6, by its bytes. */
    record Address(String hex) {
        static Address of(String text) {
            try {
                return new Address(HexFormat.of()
                        .formatHex(java.net.InetAddress.getByName(text).getAddress()));
            } catch (java.net.UnknownHostException e) {
                throw new BenchException("no address: " + text);
            }
        }
    }

    private static final int ARP = 0x0806;
    private static final int IPV6 = 0x86dd;
    private static final int SOLICITATION = 135;
    private static final int ADVERTISEMENT = 136;

    /** Reads what tcpdump wrote; a file whose end is missing is read as far as it goes. */
    static List<Frame> read(Path pcap) throws IOException {
        byte[] bytes = Files.readAllBytes(pcap);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Frame> frames = new ArrayList<>();
        if (bytes.length < 24) {
            return frames;
        }
        double unit = in.getInt(0) == 0xa1b23c4d ? 1e6 : 1e3;
        in.position(24);
        while (in.remaining() >= 16) {
            double at = Integer.toUnsignedLong(in.getInt()) * 1e3 + in.getInt() / unit;
            int length = in.getInt();
            in.getInt();
            if (in.remaining() < length) {
                break;
            }
            byte[] frame = Arrays.copyOfRange(bytes, in.position(), in.position() + length);
            in.position(in.position() + length);
            parse(at, frame, frames);
        }
        return frames;
    }

    private static void parse(double at, byte[] b, List<Frame> frames) {
        if (b.length < 42) {
            return;
        }
        int type = (b[12] & 0xff) << 8 | b[13] & 0xff;
        if (type == ARP) {
            arp(at, b, frames);
        } else if (type == IPV6 && b.length >= 78 && b[20] == 58) {
            ndp(at, b, frames);
        }
    }

    private static void arp(double at, byte[] b, List<Frame> frames) {
        Address sender = new Address(hex(b, 28, 4));
        Address target = new Address(hex(b, 38, 4));
        String claimed = mac(b, 22);
        boolean request = b[21] == 1;
        boolean toAll = b[0] == (byte) 0xff;
        if (request && !sender.equals(target)) {
            frames.add(new Frame(at, Kind.REQUEST, mac(b, 6), mac(b, 0), target, ""));
        }
        if (!sender.hex().equals("00000000")) {
            // A question tells who asks, too.
            Kind kind = request || toAll ? Kind.ANNOUNCEMENT : Kind.REPLY;
            frames.add(new Frame(at, kind, mac(b, 6), mac(b, 0), sender, claimed));
        }
    }

    private static void ndp(double at, byte[] b, List<Frame> frames) {
        int type = b[54] & 0xff;
        Address target = new Address(hex(b, 62, 16));
        String link = option(b, type == SOLICITATION ? 1 : 2);
        if (type == SOLICITATION) {
            Address sender = new Address(hex(b, 22, 16));
            frames.add(new Frame(at, Kind.REQUEST, mac(b, 6), mac(b, 0), target, ""));
            if (!link.isEmpty()) {
                frames.add(new Frame(at, Kind.ANNOUNCEMENT, mac(b, 6), mac(b, 0), sender, link));
            }
        } else if (type == ADVERTISEMENT) {
            boolean solicited = (b[58] & 0x40) != 0;
            frames.add(new Frame(
                    at,
                    solicited ? Kind.REPLY : Kind.ANNOUNCEMENT,
                    mac(b, 6),
                    mac(b, 0),
                    target,
                    link.isEmpty() ? mac(b, 6) : link));
        }
    }

    /** The link-layer address in the options of a message, or an empty string. */
    private static String option(byte[] b, int wanted) {
        int at = 78;
        while (at + 8 <= b.length && b[at + 1] != 0) {
            if (b[at] == wanted) {
                return mac(b, at + 2);
            }
            at += 8 * (b[at + 1] & 0xff);
        }
        return "";
    }

    private static String mac(byte[] b, int at) {
        return HexFormat.ofDelimiter(":").formatHex(b, at, at + 6);
    }

    private static String hex(byte[] b, int at, int length) {
        return HexFormat.of().formatHex(b, at, at + length);
    }
}
