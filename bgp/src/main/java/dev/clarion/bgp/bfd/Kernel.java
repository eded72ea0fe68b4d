package dev.clarion.bgp.bfd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Numbers and shapes of Linux that BFD's sockets need, the same on x86-64 and arm64. */
final class Kernel {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x8_0000;
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUF = 8;
    static final int SO_BINDTODEVICE = 25;
    static final int IPPROTO_IP = 0;
    static final int IP_TOS = 1;
    static final int IP_TTL = 2;
    static final int IP_PKTINFO = 8;
    static final int IP_RECVTTL = 12;
    static final int IPPROTO_UDP = 17;
    static final int UDP_NO_CHECK6_RX = 102;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_UNICAST_HOPS = 16;
    static final int IPV6_V6ONLY = 26;
    static final int IPV6_RECVPKTINFO = 49;
    static final int IPV6_PKTINFO = 50;
    static final int IPV6_RECVHOPLIMIT = 51;
    static final int IPV6_HOPLIMIT = 52;
    static final int IPV6_TCLASS = 67;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_TRUNC = 0x20;
    static final int MSG_NOSIGNAL = 0x4000;
    static final int EADDRINUSE = 98;
    static final int EADDRNOTAVAIL = 99;

    private static final ValueLayout.OfShort NETWORK_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK_INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NETWORK_LONG = JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int SOCKADDR_IN = 16;
    private static final int SOCKADDR_IN6 = 28;
    private static final int LONGEST_INTERFACE_NAME = 15;

    private Kernel() {}

    static int domain(IpFamily family) {
        return family == IpFamily.IPV4 ? AF_INET : AF_INET6;
    }

    /** {@code struct sockaddr_in} or {@code sockaddr_in6} of an address; the scope is an interface's index, or 0. */
    static MemorySegment address(Arena arena, Ip ip, int port, int scope) {
        boolean v4 = ip.family() == IpFamily.IPV4;
        MemorySegment address = arena.allocate(v4 ? SOCKADDR_IN : SOCKADDR_IN6, Long.BYTES);
        address.set(JAVA_SHORT, 0, (short) domain(ip.family()));
        address.set(NETWORK_SHORT, 2, (short) port);
        if (v4) {
            address.set(NETWORK_INT, 4, ip.toV4Bits());
        } else {
            address.set(NETWORK_LONG, 8, ip.high());
            address.set(NETWORK_LONG, 16, ip.low());
            address.set(JAVA_INT, 24, scope);
        }
        return address;
    }

    /** The address in what {@link #address} makes. */
    static Ip ip(MemorySegment address, IpFamily family) {
        return family == IpFamily.IPV4
                ? Ip.ofV4(address.get(NETWORK_INT, 4))
                : Ip.ofV6(address.get(NETWORK_LONG, 8), address.get(NETWORK_LONG, 16));
    }

    /** The address of the family that stands for all addresses. */
    static Ip any(IpFamily family) {
        return family == IpFamily.IPV4 ? Ip.ofV4(0) : Ip.ofV6(0, 0);
    }

    static MemorySegment number(Arena arena, int value) {
        MemorySegment segment = arena.allocate(JAVA_INT);
        segment.set(JAVA_INT, 0, value);
        return segment;
    }

    /** An interface's name with the NUL at its end; a name that is too long for the kernel is none of an interface. */
    static MemorySegment name(Arena arena, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length > LONGEST_INTERFACE_NAME ? 0 : bytes.length;
        MemorySegment segment = arena.allocate(LONGEST_INTERFACE_NAME + 1L);
        MemorySegment.copy(bytes, 0, segment, JAVA_BYTE, 0, length);
        return segment;
    }

    /** The upper half of an address as it lies in a structure of the kernel; 0 for IPv4, as {@link Ip#high}. */
    static long high(MemorySegment memory, long at, IpFamily family) {
        return family == IpFamily.IPV4 ? 0 : memory.get(NETWORK_LONG, at);
    }

    /** The lower half; the whole of an IPv4 address, as {@link Ip#low}. */
    static long low(MemorySegment memory, long at, IpFamily family) {
        return family == IpFamily.IPV4
                ? memory.get(NETWORK_INT, at) & 0xffff_ffffL
                : memory.get(NETWORK_LONG, at + Long.BYTES);
    }

    /** A negative result in words. */
    static String words(int result) {
        return switch (-result) {
            case 1 -> "EPERM (operation not permitted)";
            case 12 -> "ENOMEM (out of memory)";
            case 13 -> "EACCES (permission denied)";
            case 19 -> "ENODEV (no such device)";
            case 22 -> "EINVAL (invalid argument)";
            case 23 -> "ENFILE (too many open files in the system)";
            case 24 -> "EMFILE (too many open files)";
            case 97 -> "EAFNOSUPPORT (the kernel does not have this address family)";
            case EADDRINUSE -> "EADDRINUSE (already in use)";
            case EADDRNOTAVAIL -> "EADDRNOTAVAIL (address not available)";
            case 100 -> "ENETDOWN (network is down)";
            case 101 -> "ENETUNREACH (no route)";
            case 105 -> "ENOBUFS (no buffer space)";
            case 113 -> "EHOSTUNREACH (no route to the host)";
            default -> "errno " + -result;
        };
    }

    /** Sets {@code struct timespec}, never below zero. */
    static void time(MemorySegment timespec, long nanos) {
        long wait = Math.max(0, nanos);
        timespec.set(JAVA_LONG, 0, wait / 1_000_000_000);
        timespec.set(JAVA_LONG, Long.BYTES, wait % 1_000_000_000);
    }
}
