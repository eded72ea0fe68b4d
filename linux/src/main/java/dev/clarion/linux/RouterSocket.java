package dev.clarion.linux;

import dev.clarion.linux.wire.RouterMessage;
import dev.clarion.net.Ip;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A raw ICMPv6 socket (icmp(7), RFC 3542) for router advertisements and solicitations. Only what comes with hop limit 255
 * gets in: a router has passed nothing else on (RFC 4861 section 6.1). Belongs to one thread.
 */
final class RouterSocket implements AutoCloseable {
    private static final int AF_INET6 = 10;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x8_0000;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPPROTO_ICMPV6 = 58;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_MULTICAST_HOPS = 18;
    private static final int IPV6_MULTICAST_LOOP = 19;
    private static final int IPV6_ADD_MEMBERSHIP = 20;
    private static final int ICMP6_FILTER = 1;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_TRUNC = 0x20;
    private static final int ADDRESS_LENGTH = 28;

    private static final Ip ALL_NODES = Ip.parse("ff02::1");
    private static final Ip ALL_ROUTERS = Ip.parse("ff02::2");

    /** "Load the octet of the hop limit; if it is 255 take everything, else nothing" (linux/filter.h). */
    private static final byte[] HOP_LIMIT_255 = ByteBuffer.allocate(4 * 8)
            .order(ByteOrder.nativeOrder())
            .putShort((short) 0x30)
            .putShort((short) 0)
            .putInt(-0x10_0000 + 7)
            .putShort((short) 0x15)
            .put((byte) 0)
            .put((byte) 1)
            .putInt(255)
            .putShort((short) 0x06)
            .putShort((short) 0)
            .putInt(-1)
            .putShort((short) 0x06)
            .putShort((short) 0)
            .putInt(0)
            .array();

    private final int fd;
    private final Set<Integer> joined = new HashSet<>();
    private final byte[] buffer = new byte[RouterMessage.LONGEST];
    private final byte[] address = new byte[ADDRESS_LENGTH];

    /** What came, from whom, and on which interface. */
    record Heard(RouterMessage message, Ip from, int index) {}

    /** Opens it. Throws LinuxException without CAP_NET_RAW, or without IPv6. */
    RouterSocket() throws LinuxException {
        fd = Libc.socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMPV6);
        if (fd < 0) {
            throw new LinuxException(
                    "cannot open a raw ICMPv6 socket, so routers on interfaces are not found",
                    -fd,
                    Errno.EPERM.is(-fd) ? "the process needs the capability CAP_NET_RAW" : "");
        }
        int result = Libc.attachFilter(fd, HOP_LIMIT_255);
        if (result >= 0) {
            result = Libc.setsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, onlyRouterMessages());
        }
        for (int option : new int[] {IPV6_UNICAST_HOPS, IPV6_MULTICAST_HOPS}) {
            result = result < 0 ? result : Libc.setsockopt(fd, IPPROTO_IPV6, option, number(255));
        }
        // Our own advertisement must not make a peer of ourselves.
        result = result < 0 ? result : Libc.setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, number(0));
        if (result < 0) {
            Libc.close(fd);
            throw new LinuxException("cannot set up a raw ICMPv6 socket", -result, "");
        }
    }

    int fd() {
        return fd;
    }

    /** Hears what is said on an interface. */
    void join(int index) throws LinuxException {
        if (joined.contains(index)) {
            return;
        }
        for (Ip group : new Ip[] {ALL_NODES, ALL_ROUTERS}) {
            byte[] request = ByteBuffer.allocate(20)
                    .order(ByteOrder.nativeOrder())
                    .put(group.toBytes())
                    .putInt(index)
                    .array();
            int result = Libc.setsockopt(fd, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, request);
            if (result < 0 && !Errno.EADDRINUSE.is(-result)) {
                throw new LinuxException("cannot join " + group + " on interface " + index, -result, "");
            }
        }
        joined.add(index);
    }

    /** An interface that is gone has taken its memberships along. */
    void forget(Set<Integer> present) {
        joined.retainAll(present);
    }

    /** Says it to all hosts of an interface; what cannot be sent now is sent the next time. */
    boolean advertise(int index, byte[] message) {
        return send(index, ALL_NODES, message);
    }

    /** Says it to all routers of an interface. */
    boolean solicit(int index, byte[] message) {
        return send(index, ALL_ROUTERS, message);
    }

    private boolean send(int index, Ip to, byte[] message) {
        byte[] destination = ByteBuffer.allocate(ADDRESS_LENGTH)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_INET6)
                .putShort((short) 0)
                .putInt(0)
                .put(to.toBytes())
                .putInt(index)
                .array();
        return Libc.sendTo(fd, message, destination) >= 0;
    }

    /** The next message that came; empty when there is none left. Whatever is malformed is passed over. */
    Optional<Heard> next() {
        while (true) {
            long length = Libc.recvFrom(fd, buffer, address, MSG_DONTWAIT | MSG_TRUNC);
            if (length < 0) {
                return Optional.empty();
            }
            Ip from = Ip.ofBytes(Arrays.copyOfRange(address, 8, 24));
            int index = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).getInt(24);
            Optional<RouterMessage> message =
                    length > buffer.length ? Optional.empty() : RouterMessage.read(buffer, (int) length);
            if (message.isPresent() && index != 0) {
                return Optional.of(new Heard(message.get(), from, index));
            }
        }
    }

    /** {@code struct icmp6_filter}: a bit for each type, set for those that stay out. */
    private static byte[] onlyRouterMessages() {
        int[] words = new int[8];
        Arrays.fill(words, -1);
        for (int type : new int[] {RouterMessage.SOLICITATION, RouterMessage.ADVERTISEMENT}) {
            words[type >> 5] &= ~(1 << (type & 31));
        }
        ByteBuffer filter = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder());
        for (int word : words) {
            filter.putInt(word);
        }
        return filter.array();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
