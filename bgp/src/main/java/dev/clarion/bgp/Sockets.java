package dev.clarion.bgp;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Socket addresses and options. */
final class Sockets {
    private static final int IPPROTO_IP = 0;
    private static final int IP_TTL_NUMBER = 2;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_UNICAST_HOPS_NUMBER = 16;

    /** include/uapi/linux/in.h and in6.h; Netty has no constant for these. */
    static final IntegerUnixChannelOption IP_TTL = new IntegerUnixChannelOption("IP_TTL", IPPROTO_IP, IP_TTL_NUMBER);

    static final IntegerUnixChannelOption IPV6_UNICAST_HOPS =
            new IntegerUnixChannelOption("IPV6_UNICAST_HOPS", IPPROTO_IPV6, IPV6_UNICAST_HOPS_NUMBER);

    /** Internetwork control (RFC 4594 section 3.1): routers put BGP there, so it survives a full link. */
    private static final int CS6 = 0xc0;

    private Sockets() {}

    static InetSocketAddress address(Ip ip, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip.toBytes()), port);
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

    /**
     * What a BGP socket has. An external peer is on the segment: its packets need to live for one hop only, and then
     * nobody further away can be talking to us.
     */
    static void configure(Channel channel, PeerConfig config) {
        set(channel, EpollChannelOption.IP_TOS, CS6);
        if (config.external()) {
            boolean v4 = config.transport() == IpFamily.IPV4;
            set(channel, v4 ? IP_TTL : IPV6_UNICAST_HOPS, 1);
        }
    }

    private static void set(Channel channel, ChannelOption<Integer> option, int value) {
        if (!channel.config().setOption(option, value)) {
            throw new ChannelException("the socket does not take " + option);
        }
    }
}
