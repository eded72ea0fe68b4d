package dev.clarion.linux;

import dev.clarion.net.Ip;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sockets that hold memberships. The kernel bounds the memory of one socket's memberships (net.core.optmem_max), so
 * there are as many sockets as are needed.
 */
final class MembershipSockets implements AutoCloseable {

    private static final int AF_INET6 = 10;
    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x8_0000;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_ADD_MEMBERSHIP = 20;
    private static final int IPV6_DROP_MEMBERSHIP = 21;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_DROP_MEMBERSHIP = 2;
    private static final int MAC_LENGTH = 6;
    private static final int GROUPS_PER_SLOT = 128;
    private static final String NEEDS_NET_RAW = "the process needs the capability CAP_NET_RAW";

    private final List<Slot> slots = new ArrayList<>();

    /** A pair of sockets and how many groups they hold. */
    static final class Slot {
        private final int ip;
        private final int packet;
        private int groups;

        Slot(int ip, int packet) {
            this.ip = ip;
            this.packet = packet;
        }
    }

    Slot join(int ifIndex, Ip group) throws LinuxException {
        Slot slot = free();
        int result = Libc.setsockopt(slot.ip, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, ipv6Request(ifIndex, group));
        if (result < 0) {
            throw new LinuxException(
                    "cannot join " + group + " on interface " + ifIndex,
                    -result,
                    Errno.ENODEV.is(-result) ? "the interface is gone, or IPv6 is disabled on it" : "");
        }
        result = Libc.setsockopt(slot.packet, SOL_PACKET, PACKET_ADD_MEMBERSHIP, packetRequest(ifIndex, group));
        if (result < 0) {
            Libc.setsockopt(slot.ip, IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP, ipv6Request(ifIndex, group));
            throw new LinuxException("cannot let " + group + " through interface " + ifIndex, -result, "");
        }
        slot.groups++;
        return slot;
    }

    void leave(Slot slot, int ifIndex, Ip group) throws LinuxException {
        slot.groups--;
        int packet = Libc.setsockopt(slot.packet, SOL_PACKET, PACKET_DROP_MEMBERSHIP, packetRequest(ifIndex, group));
        int ip = Libc.setsockopt(slot.ip, IPPROTO_IPV6, IPV6_DROP_MEMBERSHIP, ipv6Request(ifIndex, group));
        int failed = gone(ip) ? packet : ip;
        if (!gone(failed)) {
            throw new LinuxException("cannot leave " + group + " on interface " + ifIndex, -failed, "");
        }
    }

    /** Whether it worked, or there is nothing left to leave. */
    private static boolean gone(int result) {
        return result >= 0 || Errno.EADDRNOTAVAIL.is(-result) || Errno.ENODEV.is(-result);
    }

    private Slot free() throws LinuxException {
        Optional<Slot> free =
                slots.stream().filter(slot -> slot.groups < GROUPS_PER_SLOT).findFirst();
        if (free.isPresent()) {
            return free.get();
        }
        int ip = Libc.socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (ip < 0) {
            throw new LinuxException("cannot open an IPv6 socket", -ip, "is IPv6 disabled in the kernel?");
        }
        // Protocol 0: the socket receives nothing, it only holds memberships.
        int packet = Libc.socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (packet < 0) {
            Libc.close(ip);
            throw new LinuxException(
                    "cannot open a packet socket", -packet, Errno.EPERM.is(-packet) ? NEEDS_NET_RAW : "");
        }
        Slot made = new Slot(ip, packet);
        slots.add(made);
        return made;
    }

    /** {@code struct ipv6_mreq}. */
    private static byte[] ipv6Request(int ifIndex, Ip group) {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.nativeOrder())
                .put(group.toBytes())
                .putInt(ifIndex)
                .array();
    }

    /** {@code struct packet_mreq} with type PACKET_MR_MULTICAST (0) and the group's Ethernet address (RFC 2464). */
    private static byte[] packetRequest(int ifIndex, Ip group) {
        byte[] address = group.toBytes();
        return ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putInt(ifIndex)
                .putShort((short) 0)
                .putShort((short) MAC_LENGTH)
                .put((byte) 0x33)
                .put((byte) 0x33)
                .put(address, address.length - 4, 4)
                .array();
    }

    @Override
    public void close() {
        for (Slot slot : slots) {
            Libc.close(slot.ip);
            Libc.close(slot.packet);
        }
        slots.clear();
    }
}
