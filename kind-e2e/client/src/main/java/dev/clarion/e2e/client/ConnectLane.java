package dev.clarion.e2e.client;

import dev.clarion.e2e.client.analysis.Outcome;
import dev.clarion.e2e.client.analysis.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A TCP connection for each request. The client ends it with a reset, so that neither TIME_WAIT nor a FIN sent again in vain piles up.
 *
 * <p>The timeout is below the kernel's first repetition of a SYN (1 s), so that each request tests the moment at which it was sent.
 */
final class ConnectLane extends Lane {
    private final long timeoutNanos;
    private final ByteBuffer out = ByteBuffer.allocateDirect(16);
    private final ByteBuffer in = ByteBuffer.allocateDirect(1024);
    private final Deque<Request> open = new ArrayDeque<>();

    ConnectLane(InetSocketAddress target, Selector selector, Ledger ledger, Responders responders, long timeoutNanos) {
        super(target, selector, ledger, responders);
        this.timeoutNanos = timeoutNanos;
    }

    @Override
    Probe probe() {
        return Probe.CONNECT;
    }

    @Override
    void send(int seq) {
        ledger.sent(seq, System.nanoTime());
        try {
            Request request = new Request(seq, SocketChannel.open());
            open.add(request);
            request.start();
        } catch (IOException e) {
            notes.add("open", e);
            ledger.failed(seq, Outcome.UNREACHABLE);
        }
    }

    @Override
    void expire(long nowNanos) {
        for (Request first = open.peek(); first != null; first = open.peek()) {
            if (ledger.isWaiting(first.seq) && nowNanos - ledger.sentNanos(first.seq) < timeoutNanos) {
                return;
            }
            open.remove();
            first.end(Outcome.LOST);
        }
    }

    @Override
    public void close() {
        open.forEach(r -> r.end(Outcome.LOST));
        open.clear();
    }

    /** One request and its connection. */
    private final class Request implements Ready {
        private final int seq;
        private final SocketChannel channel;
        /** An answer, or what there is of it, when it came in pieces. */
        private byte[] head = {};

        private boolean connected;

        Request(int seq, SocketChannel channel) {
            this.seq = seq;
            this.channel = channel;
        }

        void start() {
            try {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.register(selector, SelectionKey.OP_CONNECT, this);
                if (channel.connect(target)) {
                    established();
                }
            } catch (IOException e) {
                fail(e);
            }
        }

        @Override
        public void ready() {
            try {
                if (connected) {
                    read();
                } else if (channel.finishConnect()) {
                    established();
                }
            } catch (IOException e) {
                fail(e);
            }
        }

        private void established() throws IOException {
            connected = true;
            notes.connects++;
            out.clear();
            Echo.putNumber(out, seq);
            out.put((byte) '\n').flip();
            channel.write(out);
            channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
        }

        private void read() throws IOException {
            in.clear().put(head);
            int read = channel.read(in);
            int length = in.position();
            if (read < 0 || length == in.capacity()) {
                notes.closes += read < 0 ? 1 : 0;
                end(Outcome.CLOSED);
            } else if (length > 0 && in.get(length - 1) == '\n') {
                Echo.settle(in, 0, length - 1, seq, System.nanoTime(), ledger, responders);
                end(Outcome.LOST);
            } else {
                head = new byte[length];
                in.get(0, head);
            }
        }

        private void fail(IOException problem) {
            notes.add(connected ? "connection" : "connect", problem);
            Outcome outcome = connected ? Failures.connected(problem) : Failures.connecting(problem);
            notes.resets += outcome == Outcome.RESET ? 1 : 0;
            end(outcome);
        }

        /** Closes; the outcome only matters to a request that still waits. */
        void end(Outcome outcome) {
            ledger.failed(seq, outcome);
            Channels.close(channel, notes);
        }
    }
}
