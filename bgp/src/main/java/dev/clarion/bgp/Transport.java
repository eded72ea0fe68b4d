package dev.clarion.bgp;

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
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one thread of all sessions, and their sockets. */
final class Transport {
    private static final int READ_SIZE = 8 * 1024;

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

    /** Begins to connect. The outcome comes as an event, never from inside this call. */
    Connection dial(PeerConfig config, Connection.Events events) {
        EpollSocketChannel channel = new EpollSocketChannel();
        Connection connection = new Connection(channel, events);
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channelFactory(() -> channel)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // The state machine's connect-retry timer does that.
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel fresh) {
                        prepare(fresh, connection);
                        Sockets.configure(fresh, config);
                    }
                });
        @Nullable
        SocketAddress from =
                config.localAddress().map(ip -> Sockets.address(ip, 0)).orElse(null);
        ChannelFuture connecting =
                bootstrap.connect(Sockets.address(config.address().orElseThrow(), config.port()), from);
        // By way of the loop's queue, so that a refusal that comes at once still comes after this call.
        var _ = connecting.addListener((ChannelFutureListener) done -> loop.execute(() -> {
            if (!done.isSuccess()) {
                events.lost(String.valueOf(done.cause().getMessage()));
            }
        }));
        return connection;
    }

    /** Listens, and hands on every accepted channel before it is read from. */
    InetSocketAddress listen(BgpOptions.Listen where, Consumer<Channel> accepted) {
        InetSocketAddress address = Sockets.address(where.address(), where.port());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 64)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel fresh) {
                        accepted.accept(fresh);
                    }
                });
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var _ = group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new BgpException(
                    "cannot listen for BGP on " + where.address() + " port " + where.port()
                            + "; another program may have it, or the capability NET_BIND_SERVICE is missing",
                    bound.cause());
        }
        channels.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    /** Makes a channel the carrier of a connection. */
    void prepare(Channel channel, Connection connection) {
        channels.add(channel);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        // Few sessions, small messages: no pools that keep memory for later.
        channel.config().setAllocator(UnpooledByteBufAllocator.DEFAULT);
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_SIZE));
        channel.pipeline().addLast(new FrameDecoder(), connection);
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
