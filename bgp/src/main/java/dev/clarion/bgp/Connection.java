package dev.clarion.bgp;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.Role;
import dev.clarion.bgp.wire.Agreement;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.net.Ip;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One TCP connection, dialled or accepted. All on the loop. */
final class Connection extends ChannelInboundHandlerAdapter {
    /** How long the peer gets to take our last words and close its side. */
    private static final long DRAIN_MILLIS = 2_000;

    /** Told what the connection does, until it is closed from our side. */
    interface Events {
        void connected();

        /** It came to no connection. */
        void failed(BgpReason reason, String why);

        void received(byte[] message);

        void malformed(Notification error);

        void lost(String why);

        void blocked();

        void flowing(boolean all);

        void writable();
    }

    private final Channel channel;
    private final Events events;
    private final FrameDecoder decoder = new FrameDecoder();
    private int waiting;
    private boolean closing;

    Connection(Channel channel, Events events) {
        this.channel = channel;
        this.events = events;
    }

    Channel channel() {
        return channel;
    }

    FrameDecoder decoder() {
        return decoder;
    }

    Optional<Ip> remoteAddress() {
        return Optional.ofNullable(channel.remoteAddress()).flatMap(Sockets::ip);
    }

    Optional<Ip> localAddress() {
        return Optional.ofNullable(channel.localAddress()).flatMap(Sockets::ip);
    }

    /** What routes must know of a session over this connection; empty when it is gone. */
    Optional<SessionFacts> facts(Agreement agreement, PeerConfig config) {
        Optional<Ip> local = localAddress();
        Optional<Ip> peer = remoteAddress();
        if (local.isEmpty() || peer.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SessionFacts(
                agreement.families().stream()
                        .flatMap(family -> family.addresses().stream())
                        .collect(Collectors.toSet()),
                agreement.context(),
                config.localAs(),
                agreement.context().external()
                        && config.role().filter(Role::marksOnlyToCustomer).isPresent(),
                local.get(),
                peer.get(),
                Segments.of(channel.localAddress(), channel.remoteAddress()),
                agreement.ipv4OverIpv6(),
                agreement.endOfRib()));
    }

    /** Whether bulk may be sent. Small urgent messages are sent in any case. */
    boolean writable() {
        return channel.isWritable();
    }

    void send(byte[] message) {
        waiting++;
        boolean first = waiting == 1;
        var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(message))
                .addListener((ChannelFutureListener) written -> taken(written.isSuccess()));
        if (first && waiting > 0 && !closing) {
            events.blocked();
        }
    }

    private void taken(boolean success) {
        waiting--;
        if (success && !closing) {
            events.flowing(waiting == 0);
        }
    }

    /**
     * Ends the connection: what was sent goes out, then FIN, then the peer has a moment to read it. Closing with unread
     * input would reset the connection, and the peer would lose our reason.
     */
    void close() {
        if (closing) {
            return;
        }
        closing = true;
        if (!channel.isActive()) {
            var _ = channel.close();
            return;
        }
        var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (channel instanceof DuplexChannel duplex && channel.isActive()) {
                var _ = duplex.shutdownOutput();
            }
        });
        var deadline = channel.eventLoop().schedule(this::cut, DRAIN_MILLIS, TimeUnit.MILLISECONDS);
        var _ = channel.closeFuture().addListener(closed -> deadline.cancel(false));
    }

    private void cut() {
        var _ = channel.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!closing) {
            events.connected();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closing) {
            return;
        }
        if (message instanceof byte[] octets) {
            events.received(octets);
        } else if (message instanceof Notification error) {
            events.malformed(error);
        } else {
            throw new IllegalStateException("the frame decoder hands on no " + message.getClass());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable() && !closing) {
            events.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lost("the peer closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        lost(String.valueOf(cause.getMessage()));
        var _ = context.close();
    }

    private void lost(String why) {
        if (!closing) {
            closing = true;
            events.lost(why);
        }
    }
}
