package dev.clarion.bgp.bfd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.clarion.net.IpFamily;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The socket on which packets of one kind come, with how they came: interface, destination, hops. Bound to the port and
 * to no address, so that interfaces and addresses may come and go; not shared, so that another program on the port is
 * seen and nobody's packets are taken away.
 */
final class Receiver {
    private static final int ROOM = 64;
    private static final int NAME_ROOM = 32;
    private static final int CONTROL_ROOM = 128;
    private static final int HEADER_SIZE = 56;
    private static final int NAME_LENGTH = 8;
    private static final int CONTROL_LENGTH = 40;
    private static final int CONTROL_HEADER = 16;

    private final Kind kind;
    private final Calls calls;
    private final Arena arena;
    private final int fd;
    private final MemorySegment header;
    private final MemorySegment name;
    private final MemorySegment control;
    private final Arrival arrival;

    private Receiver(Kind kind, Calls calls, int fd, Arena arena) {
        this.kind = kind;
        this.calls = calls;
        this.arena = arena;
        this.fd = fd;
        MemorySegment octets = arena.allocate(ROOM, Long.BYTES);
        MemorySegment vector = arena.allocate(2L * Long.BYTES, Long.BYTES);
        this.name = arena.allocate(NAME_ROOM, Long.BYTES);
        this.control = arena.allocate(CONTROL_ROOM, Long.BYTES);
        this.header = arena.allocate(HEADER_SIZE, Long.BYTES);
        this.arrival = new Arrival(octets.asByteBuffer());
        vector.set(ADDRESS, 0, octets);
        vector.set(JAVA_LONG, Long.BYTES, ROOM);
        header.set(ADDRESS, 0, name);
        header.set(ADDRESS, 16, vector);
        header.set(JAVA_LONG, 24, 1);
        header.set(ADDRESS, 32, control);
    }

    /** What {@link #open} made of it. */
    sealed interface Opened {
        record Listening(Receiver receiver) implements Opened {}

        record Refused(BfdProblem problem, String detail) implements Opened {}
    }

    static Opened open(Kind kind, Calls calls) {
        Arena arena = Arena.ofConfined();
        Opened opened = open(kind, calls, arena);
        if (opened instanceof Opened.Refused) {
            arena.close();
        }
        return opened;
    }

    private static Opened open(Kind kind, Calls calls, Arena arena) {
        boolean v4 = kind.family() == IpFamily.IPV4;
        SocketOptions socket = new SocketOptions(calls, arena, Kernel.domain(kind.family()));
        if (v4) {
            socket.set(Kernel.IPPROTO_IP, Kernel.IP_RECVTTL, 1).set(Kernel.IPPROTO_IP, Kernel.IP_PKTINFO, 1);
        } else {
            socket.set(Kernel.IPPROTO_IPV6, Kernel.IPV6_V6ONLY, 1)
                    .set(Kernel.IPPROTO_IPV6, Kernel.IPV6_RECVHOPLIMIT, 1)
                    .set(Kernel.IPPROTO_IPV6, Kernel.IPV6_RECVPKTINFO, 1)
                    // Some routers leave the checksum out over IPv6 (RFC 6935 allows it to tunnels only).
                    .set(Kernel.IPPROTO_UDP, Kernel.UDP_NO_CHECK6_RX, 1);
        }
        kind.vrf().ifPresent(vrf -> socket.set(Kernel.SOL_SOCKET, Kernel.SO_BINDTODEVICE, Kernel.name(arena, vrf)));
        socket.bind(Kernel.address(arena, Kernel.any(kind.family()), kind.port(), 0));
        boolean taken = socket.taken();
        int fd = socket.done();
        if (fd >= 0) {
            return new Opened.Listening(new Receiver(kind, calls, fd, arena));
        }
        return new Opened.Refused(
                taken ? BfdProblem.PORT_TAKEN : BfdProblem.NOT_LISTENING,
                "UDP port " + kind.port() + " for " + kind.family() + ": " + Kernel.words(fd));
    }

    Kind kind() {
        return kind;
    }

    int descriptor() {
        return fd;
    }

    /** What {@link #receive} filled last. */
    Arrival arrival() {
        return arrival;
    }

    /** Takes one datagram; whether there was one. */
    boolean receive() {
        header.set(JAVA_INT, NAME_LENGTH, NAME_ROOM);
        header.set(JAVA_LONG, CONTROL_LENGTH, CONTROL_ROOM);
        // The true length is wanted: the room is for a packet, and the datagram may be longer.
        int length = calls.recvmsg(fd, header, Kernel.MSG_DONTWAIT | Kernel.MSG_TRUNC);
        if (length < 0) {
            return false;
        }
        arrival.length = length;
        int at = kind.family() == IpFamily.IPV4 ? 4 : 8;
        arrival.sourceHigh = Kernel.high(name, at, kind.family());
        arrival.sourceLow = Kernel.low(name, at, kind.family());
        readControl(header.get(JAVA_LONG, CONTROL_LENGTH));
        return true;
    }

    /** {@code struct cmsghdr} after {@code cmsghdr}: length, level, type, content, all in steps of 8. */
    private void readControl(long length) {
        arrival.hops = -1;
        arrival.interfaceIndex = 0;
        long at = 0;
        while (at + CONTROL_HEADER <= length) {
            long size = control.get(JAVA_LONG, at);
            if (size < CONTROL_HEADER) {
                return;
            }
            readOne(control.get(JAVA_INT, at + 8), control.get(JAVA_INT, at + 12), at + CONTROL_HEADER);
            at += (size + 7) & -8;
        }
    }

    private void readOne(int level, int type, long at) {
        if ((level == Kernel.IPPROTO_IP && type == Kernel.IP_TTL)
                || (level == Kernel.IPPROTO_IPV6 && type == Kernel.IPV6_HOPLIMIT)) {
            arrival.hops = control.get(JAVA_INT, at);
        } else if (level == Kernel.IPPROTO_IP && type == Kernel.IP_PKTINFO) {
            arrival.interfaceIndex = control.get(JAVA_INT, at);
            arrival.destinationHigh = 0;
            arrival.destinationLow = Kernel.low(control, at + 8, IpFamily.IPV4);
        } else if (level == Kernel.IPPROTO_IPV6 && type == Kernel.IPV6_PKTINFO) {
            arrival.destinationHigh = Kernel.high(control, at, IpFamily.IPV6);
            arrival.destinationLow = Kernel.low(control, at, IpFamily.IPV6);
            arrival.interfaceIndex = control.get(JAVA_INT, at + 16);
        }
    }

    void close() {
        calls.close(fd);
        arena.close();
    }
}
