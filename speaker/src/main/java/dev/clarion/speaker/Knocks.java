package dev.clarion.speaker;

import dev.clarion.net.Ip;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks kernels of other subnets whether they live, by a TCP connection to the port of heartbeats, where nothing listens:
 * the kernel refuses it by itself, whatever state its processes are in, and refusals are not rationed as ICMP is.
 */
final class Knocks implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MOST = 64;

    private final Selector selector;
    private final int port;
    private final List<Knock> open = new ArrayList<>();

    private record Knock(SocketChannel channel, Runnable answered, long until) {}

    Knocks(Selector selector, int port) {
        this.selector = selector;
        this.port = port;
    }

    void knock(Ip address, Runnable answered) {
        if (open.size() >= MOST) {
            return;
        }
        SocketChannel channel;
        try {
            channel = SocketChannel.open(HeartbeatTransport.family(address));
        } catch (IOException noSocket) {
            return;
        }
        Knock knock = new Knock(channel, answered, System.nanoTime() + PATIENCE);
        try {
            channel.configureBlocking(false);
            if (channel.connect(new InetSocketAddress(HeartbeatTransport.inet(address), port))) {
                answered(knock);
            } else {
                channel.register(selector, SelectionKey.OP_CONNECT, knock);
                open.add(knock);
            }
        } catch (IOException failed) {
            failed(knock, failed);
        }
    }

    void ready(SelectionKey key) {
        if (key.attachment() instanceof Knock knock) {
            open.remove(knock);
            try {
                knock.channel().finishConnect();
                answered(knock);
            } catch (IOException failed) {
                failed(knock, failed);
            }
        }
    }

    private static void answered(Knock knock) {
        HeartbeatTransport.close(knock.channel());
        knock.answered().run();
    }

    private static void failed(Knock knock, IOException why) {
        HeartbeatTransport.close(knock.channel());
        if (isAnswer(why)) {
            knock.answered().run();
        }
    }

    /** Whether that was said by the kernel that was asked, and not by this one or by a router. */
    static boolean isAnswer(IOException failure) {
        return failure instanceof ConnectException
                && failure.getMessage() != null
                && failure.getMessage().contains("refused");
    }

    /** Gives up what was not answered in time. */
    void sweep() {
        long now = System.nanoTime();
        for (Iterator<Knock> all = open.iterator(); all.hasNext(); ) {
            Knock knock = all.next();
            if (now - knock.until() > 0) {
                HeartbeatTransport.close(knock.channel());
                all.remove();
            }
        }
    }

    @Override
    public void close() {
        open.forEach(knock -> HeartbeatTransport.close(knock.channel()));
        open.clear();
    }
}
