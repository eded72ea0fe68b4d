package dev.clarion.bgp;

import dev.clarion.bgp.fsm.Admission;
import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where connections come in: the listening socket, and what becomes of those who use it. All on the loop. */
final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final Transport transport;
    private final Doorkeeper keeper = new Doorkeeper();
    private final Channel listener;
    private Collection<Peer> peers = List.of();
    private final Map<Ip, Password> keys = new HashMap<>();

    /** Opens it. Throws BgpException when the address cannot be had. */
    Door(Transport transport, BgpOptions.Listen where) {
        this.transport = transport;
        this.listener = transport.listen(where, this::comesIn);
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** These are expected from now on, at these addresses, with these passwords. */
    void expect(Collection<Peer> wanted) {
        peers = List.copyOf(wanted);
        try {
            Sockets.guard(listener, peers.stream().map(Peer::config).toList());
        } catch (SocketFault fault) {
            LOG.warn("the listening socket: {}", fault.describe());
        }
        Map<Ip, Password> next = new HashMap<>();
        for (Peer peer : peers) {
            peer.config()
                    .password()
                    .ifPresent(password -> peer.addresses().forEach(address -> next.putIfAbsent(address, password)));
        }
        for (Ip address : List.copyOf(keys.keySet())) {
            if (!next.containsKey(address)) {
                setKey(address, Optional.empty());
            }
        }
        next.forEach((address, password) -> {
            if (!Objects.equals(keys.get(address), password)) {
                setKey(address, Optional.of(password));
            }
        });
    }

    private void setKey(Ip address, Optional<Password> password) {
        try {
            if (password.isPresent()) {
                Md5.set(listener, address, password.get());
                keys.put(address, password.get());
            } else {
                keys.remove(address);
                Md5.remove(listener, address);
            }
        } catch (SocketFault fault) {
            // Connections from there will be unsigned, and refused one by one, with this reason.
            LOG.warn("the listening socket: {}", fault.describe());
        }
    }

    private void comesIn(Channel channel) {
        Optional<Ip> from = Optional.ofNullable(channel.remoteAddress()).flatMap(Sockets::ip);
        if (from.isEmpty()) {
            drop(channel); // It is gone already.
            return;
        }
        int scope = Sockets.scope(channel.remoteAddress());
        List<Peer> candidates = new ArrayList<>(peers);
        candidates.removeIf(peer -> !peer.at(from.get(), scope) || !fits(peer, channel));
        boolean stranger = candidates.isEmpty();
        if (!keeper.admits(from.get(), stranger)) {
            drop(channel);
            return;
        }
        var _ = channel.closeFuture().addListener(closed -> keeper.leaves(from.get(), stranger));
        Admission admission = Admission.UNWANTED;
        for (Peer peer : candidates) {
            admission = peer.accept(channel, from.get());
            if (admission == Admission.TAKEN || admission == Admission.REPLACES) {
                return;
            }
        }
        switch (admission) {
            case IGNORED -> drop(channel);
            case COLLIDES -> refuse(channel, BgpError.CONNECTION_COLLISION);
            case UNWANTED -> refuse(channel, BgpError.CONNECTION_REJECTED);
            case TAKEN, REPLACES -> throw new IllegalStateException("taken above");
        }
    }

    /** Several peers may be one router, told apart by the address of ours that they are to talk to. */
    private static boolean fits(Peer peer, Channel channel) {
        Optional<Ip> ours = Optional.ofNullable(channel.localAddress()).flatMap(Sockets::ip);
        return peer.config().localAddress().isEmpty()
                || peer.config().localAddress().equals(ours);
    }

    private void refuse(Channel channel, BgpError error) {
        Connection stranger = new Connection(channel, Deaf.EVENTS);
        transport.prepare(channel, stranger);
        transport.loop().execute(() -> {
            stranger.send(Notification.of(error).encode(WireContext.INITIAL));
            stranger.close();
        });
    }

    private static void drop(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        var _ = channel.close();
    }
}
