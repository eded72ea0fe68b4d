package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.PeerAs;
import dev.clarion.net.Ip;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What sockets get, asked of the kernel. */
class SocketsTest {
    private final EpollSocketChannel channel = open();
    private final EpollServerSocketChannel listener = new EpollServerSocketChannel();

    private static EpollSocketChannel open() {
        Epoll.ensureAvailability();
        return new EpollSocketChannel();
    }

    @AfterEach
    void close() {
        channel.unsafe().closeForcibly();
        listener.unsafe().closeForcibly();
    }

    @Test
    void packetsToAnExternalPeerLiveForOneHop() throws SocketFault {
        assertThat(configured(peer("192.0.2.1", 64_512).build(), Sockets.IP_TTL))
                .isEqualTo(1);
        assertThat(configured(peer("2001:db8::1", 64_512).build(), Sockets.IPV6_UNICAST_HOPS))
                .isEqualTo(1);
    }

    @Test
    void packetsToAPeerThatIsExternalWhoeverItIsLiveForOneHopToo() throws SocketFault {
        PeerConfig config =
                peer("192.0.2.1", 64_512).peerAs(new PeerAs.External()).build();
        assertThat(configured(config, Sockets.IP_TTL)).isEqualTo(1);
    }

    @Test
    void packetsToAnInternalPeerLiveAsLongAsAnyOther() throws SocketFault {
        assertThat(configured(peer("192.0.2.1", 64_513).build(), Sockets.IP_TTL))
                .isGreaterThan(1);
        assertThat(configured(peer("2001:db8::1", 64_513).build(), Sockets.IPV6_UNICAST_HOPS))
                .isGreaterThan(1);
    }

    @Test
    void aPeerSomeHopsAwayGetsTheTtlThatWasAskedFor() throws SocketFault {
        PeerConfig config =
                peer("192.0.2.1", 64_512).reach(new Reach.Multihop(7)).build();
        assertThat(configured(config, Sockets.IP_TTL)).isEqualTo(7);
        assertThat(channel.config().getOption(Sockets.IP_MINTTL)).isZero();
    }

    @Test
    void ttlSecuritySetsBothTheTtlSentAndTheLeastThatIsLetIn() throws SocketFault {
        PeerConfig v4 = peer("192.0.2.1", 64_512).reach(new Reach.Security(2)).build();
        assertThat(configured(v4, Sockets.IP_TTL)).isEqualTo(255);
        assertThat(channel.config().getOption(Sockets.IP_MINTTL)).isEqualTo(254);
        PeerConfig v6 = peer("2001:db8::1", 64_512).reach(new Reach.Security(1)).build();
        assertThat(configured(v6, Sockets.IPV6_UNICAST_HOPS)).isEqualTo(255);
        assertThat(channel.config().getOption(Sockets.IPV6_MINHOPCOUNT)).isEqualTo(255);
    }

    @Test
    void whatWasSetIsUnsetWhenSettingsChangeOnAnOpenSocket() throws SocketFault {
        PeerConfig secure =
                peer("192.0.2.1", 64_513).reach(new Reach.Security(1)).build();
        Sockets.adjust(channel, secure);
        Sockets.adjust(channel, secure.but().reach(new Reach.Usual()).build());
        assertThat(channel.config().getOption(Sockets.IP_TTL)).isBetween(2, 254);
        assertThat(channel.config().getOption(Sockets.IP_MINTTL)).isZero();
    }

    @Test
    void theListenerKeepsOutOnlyWhatNoPeerMayBe() throws SocketFault {
        PeerConfig near = peer("192.0.2.1", 64_512).reach(new Reach.Security(1)).build();
        PeerConfig far = peer("192.0.2.2", 64_512).reach(new Reach.Security(3)).build();
        Sockets.guard(listener, List.of(near, far));
        assertThat(listener.config().getOption(Sockets.IP_MINTTL)).isEqualTo(253);
        assertThat(listener.config().getOption(Sockets.IP_TTL)).isEqualTo(255);
        Sockets.guard(listener, List.of(near, peer("192.0.2.3", 64_512).build()));
        assertThat(listener.config().getOption(Sockets.IP_MINTTL)).isZero();
        assertThat(listener.config().getOption(Sockets.IP_TTL)).isEqualTo(255);
        Sockets.guard(listener, List.of());
        assertThat(listener.config().getOption(Sockets.IP_TTL)).isLessThan(255);
    }

    @Test
    void aDeviceThatIsNotThereIsSaid() {
        PeerConfig config = peer("192.0.2.1", 64_512).device("no-such-if").build();
        assertThatThrownBy(() -> Sockets.configure(channel, config))
                .isInstanceOfSatisfying(
                        SocketFault.class, fault -> assertThat(fault.reason()).isEqualTo(BgpReason.NO_INTERFACE))
                .hasMessageContaining("no-such-if");
    }

    @Test
    void aSocketCanBeBoundToADevice() throws SocketFault {
        Sockets.configure(channel, peer("127.0.0.1", 64_512).device("lo").build());
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void whetherASocketHasAPasswordIsToldByTakingItOff() throws SocketFault {
        for (Channel socket : List.of(channel, listener)) {
            for (Ip peer : List.of(Ip.parse("192.0.2.1"), Ip.parse("2001:db8::1"))) {
                assertThat(Md5.remove(socket, peer)).isFalse();
                Md5.set(socket, peer, Password.of("secret"));
                assertThat(Md5.remove(socket, Ip.parse("192.0.2.9"))).isFalse();
                assertThat(Md5.remove(socket, peer)).isTrue();
                assertThat(Md5.remove(socket, peer)).isFalse();
            }
        }
    }

    private int configured(PeerConfig config, ChannelOption<Integer> option) throws SocketFault {
        Sockets.configure(channel, config);
        return channel.config().getOption(option);
    }

    private static PeerBuilder peer(String address, long peerAs) {
        return PeerConfig.at("router", Ip.parse(address), 64_513, new PeerAs.Exactly(peerAs), Ip.parse("10.0.0.2"));
    }
}
