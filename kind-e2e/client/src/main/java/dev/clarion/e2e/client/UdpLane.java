package dev.clarion.e2e.client;

import dev.clarion.e2e.client.analysis.Outcome;
import dev.clarion.e2e.client.analysis.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams from one connected socket: one flow, and the kernel tells of ICMP errors.
 *
 * <p>Such an error waits in the socket and is returned by the next call, a send included, <em>in place of</em> sending. So a send
 * that reports one is done again; else the client would lose requests that the network never saw.
 */
final class UdpLane extends Lane implements Ready {
    private static final int RECEIVE_BUFFER = 1 << 20;
    private static final int ATTEMPTS = 3;

    private final ByteBuffer out = ByteBuffer.allocateDirect(16);
    private final ByteBuffer in = ByteBuffer.allocateDirect(2048);
    private @Nullable DatagramChannel channel;

    UdpLane(InetSocketAddress target, Selector selector, Ledger ledger, Responders responders) {
        super(target, selector, ledger, responders);
    }

    @Override
    Probe probe() {
        return Probe.UDP;
    }

    @Override
    void send(int seq) {
        out.clear();
        Echo.putNumber(out, seq);
        out.flip();
        ledger.sent(seq, System.nanoTime());
        try {
            transmit(seq, open());
        } catch (IOException e) {
            notes.add("send", e);
            ledger.failed(seq, Failures.connecting(e));
        }
    }

    private void transmit(int seq, DatagramChannel socket) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                if (socket.write(out) == 0) {
                    throw new IOException("the socket's buffer is full");
                }
                return;
            } catch (PortUnreachableException e) {
                refused(seq - 1);
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** The error does not say which request it answers; it is the newest that waits, since errors come at once or never. */
    private void refused(int upTo) {
        notes.add("icmp", new IOException("port unreachable"));
        int seq = ledger.newestWaiting(upTo);
        if (seq >= 0) {
            ledger.failed(seq, Outcome.REFUSED);
        }
    }

    private DatagramChannel open() throws IOException {
        if (channel == null) {
            DatagramChannel opened = DatagramChannel.open();
            try {
                opened.configureBlocking(false);
                opened.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
                opened.connect(target);
                opened.register(selector, SelectionKey.OP_READ, this);
            } catch (IOException e) {
                opened.close();
                throw e;
            }
            channel = opened;
        }
        return channel;
    }

    @Override
    public void ready() {
        DatagramChannel socket = channel;
        while (socket != null) {
            in.clear();
            try {
                if (socket.read(in) == 0 && in.position() == 0) {
                    return;
                }
            } catch (PortUnreachableException e) {
                refused(Integer.MAX_VALUE);
                continue;
            } catch (IOException e) {
                notes.add("receive", e);
                return;
            }
            Echo.settle(in, 0, in.position(), Echo.ANY, System.nanoTime(), ledger, responders);
        }
    }

    /** A datagram may be answered as late as it likes. */
    @Override
    void expire(long nowNanos) {}

    @Override
    public void close() {
        Channels.close(channel, notes);
    }
}
