package dev.clarion.speaker;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of heartbeats: one for each of the node's own addresses, so that what is sent to a segment's address comes
 * and goes by that segment. All but {@link #wakeUp} and {@link #problems} belongs to one thread.
 */
final class HeartbeatTransport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatTransport.class);

    /** What keeps a network together goes before what merely uses it: class CS6 (RFC 4594 section 3.2). */
    private static final int CS6 = 48 << 2;

    private static final int SOCKET_BUFFER = 1 << 20;
    /** More than the longest datagram, so that one that is too long is seen to be. */
    private static final int ROOM = 2048;
    /** So many are read before time is looked at again, whoever sends them. */
    private static final int AT_ONCE = 2_000;

    private final int port;
    private final Selector selector;
    private final Knocks knocks;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM);
    private final TreeMap<Ip, Local> locals = new TreeMap<>();
    private volatile SortedMap<Ip, String> problems = new TreeMap<>();

    private record Local(Ip address, Prefix network, DatagramChannel channel) {}

    /** Takes datagrams. */
    @FunctionalInterface
    interface Receiver {
        /** One came to this address of ours. */
        void received(byte[] datagram, Ip at);
    }

    /**
     * Opens nothing yet.
     *
     * @param port the same on all nodes
     */
    HeartbeatTransport(int port) throws IOException {
        this.port = port;
        this.selector = Selector.open();
        this.knocks = new Knocks(selector, port);
    }

    /**
     * Listens on these addresses and no others. What cannot be listened on is in {@link #problems}; call it again later.
     *
     * @param wanted the node's own addresses with their networks
     */
    void bind(SortedMap<Ip, Prefix> wanted) {
        TreeMap<Ip, String> failed = new TreeMap<>();
        boolean closed = false;
        for (Iterator<Local> all = locals.values().iterator(); all.hasNext(); ) {
            Local local = all.next();
            if (!local.network().equals(wanted.get(local.address()))) {
                close(local.channel());
                all.remove();
                closed = true;
            }
        }
        if (closed) {
            letGo();
        }
        wanted.forEach((address, network) -> {
            if (!locals.containsKey(address)) {
                try {
                    locals.put(address, new Local(address, network, open(address)));
                } catch (IOException refused) {
                    failed.put(
                            address,
                            "cannot listen for heartbeats on " + address + " port " + port + ": "
                                    + refused.getMessage());
                }
            }
        });
        problems = failed;
    }

    /** What is registered is only closed in the kernel when the selector looks again. */
    private void letGo() {
        try {
            selector.selectNow();
        } catch (IOException later) {
            LOG.debug("select failed: {}", later.getMessage());
        }
    }

    private DatagramChannel open(Ip address) throws IOException {
        DatagramChannel channel = DatagramChannel.open(family(address));
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.setOption(StandardSocketOptions.IP_TOS, CS6);
            channel.bind(new InetSocketAddress(inet(address), port));
            channel.register(selector, SelectionKey.OP_READ, address);
            return channel;
        } catch (IOException refused) {
            close(channel);
            throw refused;
        }
    }

    /** Whether there is an address that could not be listened on. */
    boolean incomplete() {
        return !problems.isEmpty();
    }

    /** Why heartbeats cannot be heard on some addresses, in words. */
    SortedMap<Ip, String> problems() {
        return problems;
    }

    /** Sends; false if that is not possible now. */
    boolean send(Ip to, byte[] datagram) {
        DatagramChannel from = from(to);
        if (from == null) {
            return false;
        }
        try {
            return from.send(ByteBuffer.wrap(datagram), new InetSocketAddress(inet(to), port)) == datagram.length;
        } catch (IOException unreachable) {
            return false;
        }
    }

    /** From the address whose network leads there most closely, else from any of that family. */
    private @Nullable DatagramChannel from(Ip to) {
        Local best = null;
        for (Local local : locals.values()) {
            if (local.address().family() == to.family() && (best == null || closer(local, best, to))) {
                best = local;
            }
        }
        return best == null ? null : best.channel();
    }

    private static boolean closer(Local one, Local other, Ip to) {
        return one.network().contains(to)
                && (!other.network().contains(to)
                        || one.network().length() > other.network().length());
    }

    /** Asks whether there is a kernel at this address; the answer, if there is one, is told during {@link #receive}. */
    void knock(Ip address, Runnable answered) {
        knocks.knock(address, answered);
    }

    /** Waits until something came, somebody woke it, or the time is over. */
    void await(long nanos) throws IOException {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
        if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select(Math.max(1, millis));
        }
    }

    /** Ends a wait; of any thread. */
    void wakeUp() {
        selector.wakeup();
    }

    /** Hands on all that has come, also during it, but no more than a bounded number. */
    void receive(Receiver receiver) throws IOException {
        int left = AT_ONCE;
        do {
            for (Iterator<SelectionKey> ready = selector.selectedKeys().iterator(); ready.hasNext(); ) {
                SelectionKey key = ready.next();
                ready.remove();
                if (key.isValid() && key.channel() instanceof DatagramChannel channel) {
                    left -= drain(channel, (Ip) key.attachment(), receiver, left);
                } else if (key.isValid()) {
                    knocks.ready(key);
                }
            }
        } while (left > 0 && selector.selectNow() > 0);
        knocks.sweep();
    }

    private int drain(DatagramChannel channel, Ip at, Receiver receiver, int most) {
        int count = 0;
        try {
            while (count < most) {
                buffer.clear();
                if (channel.receive(buffer) == null) {
                    return count;
                }
                count++;
                byte[] datagram = new byte[buffer.flip().remaining()];
                buffer.get(datagram);
                receiver.received(datagram, at);
            }
        } catch (IOException broken) {
            // Errors of what was sent earlier are told here too; what the socket has received stays in it.
            return count + 1;
        }
        return count;
    }

    static ProtocolFamily family(Ip address) {
        return address.family() == IpFamily.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    static InetAddress inet(Ip address) {
        try {
            return InetAddress.getByAddress(address.toBytes());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }

    /** It is not used any more, whatever the kernel says to that. */
    static void close(Closeable unused) {
        try {
            unused.close();
        } catch (IOException gone) {
            LOG.debug("close failed: {}", gone.getMessage());
        }
    }

    @Override
    public void close() {
        locals.values().forEach(local -> close(local.channel()));
        locals.clear();
        knocks.close();
        close(selector);
    }
}
