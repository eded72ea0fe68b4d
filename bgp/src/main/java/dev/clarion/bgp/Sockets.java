package dev.clarion.bgp;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Socket addresses and options. */
final class Sockets {
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_IPV6 = 41;
    private static final int SOL_SOCKET = 1;

    /** include/uapi/linux/in.h and in6.h; Netty has no constants for these. */
    static final IntegerUnixChannelOption IP_TTL = new IntegerUnixChannelOption("IP_TTL", IPPROTO_IP, 2);

    static final IntegerUnixChannelOption IP_MINTTL = new IntegerUnixChannelOption("IP_MINTTL", IPPROTO_IP, 21);
    static final IntegerUnixChannelOption IPV6_UNICAST_HOPS =
            new IntegerUnixChannelOption("IPV6_UNICAST_HOPS", IPPROTO_IPV6, 16);
    static final IntegerUnixChannelOption IPV6_MINHOPCOUNT =
            new IntegerUnixChannelOption("IPV6_MINHOPCOUNT", IPPROTO_IPV6, 73);

    /** IFNAMSIZ octets, the rest of them 0. */
    private static final RawUnixChannelOption SO_BINDTODEVICE =
            new RawUnixChannelOption("SO_BINDTODEVICE", SOL_SOCKET, 25, 16);

    /** Internetwork control (RFC 4594 section 3.1): routers put BGP there, so it survives a full link. */
    private static final int CS6 = 0xc0;

    /** As the kernel has it for other sockets: net.ipv4.ip_default_ttl, or the hop limit that routers advertise. */
    private static final int KERNELS_OWN = -1;

    /** Anything gets in. */
    private static final int NO_LEAST = 0;

    private static final int ONE_HOP = 1;

    private static final long LATER = 10;

    private Sockets() {}

    static boolean needsScope(Ip ip) {
        return ip.family() == IpFamily.IPV6 && ip.isLinkLocal();
    }

    static InetSocketAddress address(Ip ip, int port) {
        return address(ip, 0, port);
    }

    /** The address with the interface that it is on, 0 for any. */
    static InetSocketAddress address(Ip ip, int scope, int port) {
        try {
            InetAddress plain = scope == 0
                    ? InetAddress.getByAddress(ip.toBytes())
                    : Inet6Address.getByAddress(null, ip.toBytes(), scope);
            return new InetSocketAddress(plain, port);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an Ip has 4 or 16 bytes", impossible);
        }
    }

    /** The address of a socket's end; empty while it has none. */
    static Optional<Ip> ip(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? Optional.of(Ip.ofBytes(inet.getAddress().getAddress()))
                : Optional.empty();
    }

    /** The interface that a socket's end is on; 0 when the address says it all. */
    static int scope(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address v6
                ? v6.getScopeId()
                : 0;
    }

    /** What a socket gets that dials a peer, all but its password. */
    static void configure(Channel channel, PeerConfig config) throws SocketFault {
        if (config.device().isPresent()) {
            bind(channel, config.device().get());
        }
        adjust(channel, config);
    }

    /** What any socket with a peer gets, and gets again when the peer's settings change. */
    static void adjust(Channel channel, PeerConfig config) throws SocketFault {
        set(channel, EpollChannelOption.IP_TOS, CS6);
        set(channel, EpollChannelOption.TCP_USER_TIMEOUT, patience(config));
        boolean v4 = config.transport() == IpFamily.IPV4;
        set(channel, v4 ? IP_TTL : IPV6_UNICAST_HOPS, ttl(config).orElse(KERNELS_OWN));
        set(channel, v4 ? IP_MINTTL : IPV6_MINHOPCOUNT, leastTtl(config).orElse(NO_LEAST));
    }

    /**
     * When the kernel gives a connection up that the peer acknowledges nothing of; 0 for its own time. Later than the
     * session's own timers, which know what to say.
     */
    private static int patience(PeerConfig config) {
        Duration hold = config.times().hold();
        Duration sendHold = config.times().sendHold().orElse(hold.multipliedBy(2));
        return sendHold.isZero()
                ? 0
                : (int) Math.min(sendHold.plusSeconds(LATER).toMillis(), Integer.MAX_VALUE);
    }

    /**
     * What the listening socket gets. The answer to a first packet is its, not yet the session's: a peer with TTL security
     * takes nothing below its own limit, and only if all peers have it may all others be kept out so early.
     */
    static void guard(Channel listener, Iterable<PeerConfig> peers) throws SocketFault {
        boolean any = false;
        int least = Reach.MAX;
        boolean none = true;
        for (PeerConfig peer : peers) {
            OptionalInt own = leastTtl(peer);
            any |= own.isPresent();
            least = Math.min(least, own.orElse(NO_LEAST));
            none = false;
        }
        int ttl = any ? Reach.MAX : KERNELS_OWN;
        int limit = none ? NO_LEAST : least;
        set(listener, IP_TTL, ttl);
        set(listener, IP_MINTTL, limit);
        if (io.netty.channel.unix.Socket.isIPv6Preferred()) {
            set(listener, IPV6_UNICAST_HOPS, ttl);
            set(listener, IPV6_MINHOPCOUNT, limit);
        }
    }

    /** What a socket with a peer has. */
    static SocketFacts facts(Channel channel, PeerConfig config, boolean signed) {
        boolean v4 = config.transport() == IpFamily.IPV4;
        try {
            int ttl = channel.config().getOption(v4 ? IP_TTL : IPV6_UNICAST_HOPS);
            int least = channel.config().getOption(v4 ? IP_MINTTL : IPV6_MINHOPCOUNT);
            OptionalInt required = least == NO_LEAST ? OptionalInt.empty() : OptionalInt.of(least);
            return new SocketFacts(signed, OptionalInt.of(ttl), required);
        } catch (ChannelException closed) {
            return SocketFacts.NONE;
        }
    }

    /**
     * How far our packets go; empty for the kernel's own choice. Those to an external peer need to live for one hop only,
     * and then nobody further away can be talking to us.
     */
    static OptionalInt ttl(PeerConfig config) {
        return switch (config.reach()) {
            case Reach.Usual() -> config.external() ? OptionalInt.of(ONE_HOP) : OptionalInt.empty();
            case Reach.Multihop(int ttl) -> OptionalInt.of(ttl);
            case Reach.Security _ -> OptionalInt.of(Reach.MAX);
        };
    }

    static OptionalInt leastTtl(PeerConfig config) {
        return config.reach() instanceof Reach.Security security
                ? OptionalInt.of(security.leastTtl())
                : OptionalInt.empty();
    }

    private static void bind(Channel channel, String device) throws SocketFault {
        ByteBuffer name = ByteBuffer.allocateDirect(16);
        name.put(device.getBytes(StandardCharsets.US_ASCII)).rewind();
        try {
            channel.config().setOption(SO_BINDTODEVICE, name);
        } catch (ChannelException refused) {
            throw new SocketFault(BgpReason.NO_INTERFACE, "cannot use " + device + " (SO_BINDTODEVICE)", refused);
        }
    }

    private static void set(Channel channel, ChannelOption<Integer> option, int value) throws SocketFault {
        try {
            if (channel.config().setOption(option, value)) {
                return;
            }
        } catch (ChannelException refused) {
            throw new SocketFault(
                    BgpReason.SOCKET_REFUSED, "the socket does not take " + option + " " + value, refused);
        }
        throw new SocketFault(
                BgpReason.SOCKET_REFUSED,
                "the socket does not take " + option + " " + value,
                new IllegalStateException("this transport does not know it"));
    }
}
