package dev.clarion.bgp;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.net.Ip;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one thread of all sessions, and their sockets. */
final class Transport {
    private static final int READ_SIZE = 8 * 1024;

    /** Reads of one socket in a row: a flood from one peer must not keep the others, and the timers, waiting. */
    private static final int READS_PER_TURN = 4;

    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final ChannelGroup channels;

    Transport() {
        if (!Epoll.isAvailable()) {
            throw new BgpException(
                    "BGP needs Netty's native epoll transport: put netty-transport-native-epoll for this machine on the"
                            + " class path, and let java.io.tmpdir be writable or java.library.path name the library",
                    Epoll.unavailabilityCause());
        }
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("bgp", true), EpollIoHandler.newFactory());
        loop = group.next();
        channels = new DefaultChannelGroup(loop);
    }

    EventLoop loop() {
        return loop;
    }

    /**
     * Begins to connect. The outcome comes as an event, never from inside this call.
     *
     * @return the connection to be; empty when there is none since the socket does not do what the peer asks for
     */
    Optional<Connection> dial(PeerConfig config, Whereabouts.Here here, Connection.Events events) {
        EpollSocketChannel channel = new EpollSocketChannel();
        try {
            Sockets.configure(channel, config);
            if (config.password().isPresent()) {
                Md5.set(channel, here.ip(), config.password().get());
            }
        } catch (SocketFault fault) {
            channel.unsafe().closeForcibly();
            loop.execute(() -> events.failed(fault.reason(), fault.describe()));
            return Optional.empty();
        }
        Connection connection = new Connection(channel, events);
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channelFactory(() -> channel)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // The state machine's connect-retry timer does that.
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel fresh) {
                        prepare(fresh, connection);
                    }
                });
        @Nullable
        SocketAddress from = config.localAddress().map(ip -> source(ip, here)).orElse(null);
        ChannelFuture connecting = bootstrap.connect(Sockets.address(here.ip(), here.scope(), config.port()), from);
        // By way of the loop's queue, so that a refusal that comes at once still comes after this call.
        var _ = connecting.addListener((ChannelFutureListener) done -> loop.execute(() -> {
            if (!done.isSuccess()) {
                events.failed(
                        BgpReason.CONNECT_FAILED, String.valueOf(done.cause().getMessage()));
            }
        }));
        return Optional.of(connection);
    }

    private static SocketAddress source(Ip local, Whereabouts.Here here) {
        return Sockets.address(local, Sockets.needsScope(local) ? here.scope() : 0, 0);
    }

    /** Listens, and hands on every accepted channel before it is read from. */
    Channel listen(BgpOptions.Listen where, Consumer<Channel> accepted) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 64)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel fresh) {
                        channels.add(fresh);
                        accepted.accept(fresh);
                    }
                });
        ChannelFuture bound =
                bootstrap.bind(Sockets.address(where.address(), where.port())).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var _ = group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new BgpException(
                    "cannot listen for BGP on " + where.address() + " port " + where.port()
                            + "; another program may have it, or the capability NET_BIND_SERVICE is missing",
                    bound.cause());
        }
        channels.add(bound.channel());
        return bound.channel();
    }

    /** Makes a channel the carrier of a connection. */
    void prepare(Channel channel, Connection connection) {
        channels.add(channel);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        // Few sessions, small messages: no pools that keep memory for later.
        channel.config().setAllocator(UnpooledByteBufAllocator.DEFAULT);
        channel.config()
                .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_SIZE).maxMessagesPerRead(READS_PER_TURN));
        channel.pipeline().addLast(connection.decoder(), connection);
    }

    /** Stops listening, waits for connections that are being closed, then ends the thread. */
    void close(long timeoutMillis) {
        channels.stream().filter(EpollServerSocketChannel.class::isInstance).forEach(server -> {
            var _ = server.close();
        });
        var _ = channels.newCloseFuture().awaitUninterruptibly(timeoutMillis);
        var _ = channels.close().awaitUninterruptibly(timeoutMillis);
        var _ = group.shutdownGracefully(0, timeoutMillis, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(timeoutMillis);
    }
}
