package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SocketsTest {
    @Test
    void packetsToAnExternalPeerLiveForOneHop() {
        assertThat(configured(64_512, "192.0.2.1", Sockets.IP_TTL)).isEqualTo(1);
        assertThat(configured(64_512, "2001:db8::1", Sockets.IPV6_UNICAST_HOPS)).isEqualTo(1);
    }

    @Test
    void packetsToAnInternalPeerLiveAsLongAsAnyOther() {
        assertThat(configured(64_513, "192.0.2.1", Sockets.IP_TTL)).isGreaterThan(1);
        assertThat(configured(64_513, "2001:db8::1", Sockets.IPV6_UNICAST_HOPS)).isGreaterThan(1);
    }

    private static int configured(long peerAs, String address, ChannelOption<Integer> option) {
        PeerConfig config = new PeerConfig(
                "router",
                Ip.parse(address),
                PeerConfig.BGP_PORT,
                64_513,
                peerAs,
                Ip.parse("10.0.0.2"),
                Duration.ofSeconds(90),
                Optional.empty());
        Epoll.ensureAvailability();
        EpollSocketChannel channel = new EpollSocketChannel();
        try {
            Sockets.configure(channel, config);
            return channel.config().getOption(option);
        } finally {
            channel.unsafe().closeForcibly();
        }
    }
}
