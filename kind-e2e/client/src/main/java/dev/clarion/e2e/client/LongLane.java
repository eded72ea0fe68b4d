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
import org.jspecify.annotations.Nullable;

/**
 * One long-lived TCP connection. It is never given up from this side: during an outage the kernel repeats what was not acknowledged,
 * and the answers come late. When it has been reset or closed, all requests on it that wait have failed, and the next request opens
 * another; requests made while that one is being opened wait in it.
 */
final class LongLane extends Lane implements Ready {
    private static final int BUFFER = 1 << 16;

    private final long connectTimeoutNanos;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private @Nullable SocketChannel channel;
    private boolean connected;
    private int firstSeq;
    private long connectingSince;

    LongLane(
            InetSocketAddress target,
            Selector selector,
            Ledger ledger,
            Responders responders,
            long connectTimeoutNanos) {
        super(target, selector, ledger, responders);
        this.connectTimeoutNanos = connectTimeoutNanos;
    }

    @Override
    Probe probe() {
        return Probe.LONG;
    }

    @Override
    void send(int seq) {
        ledger.sent(seq, System.nanoTime());
        try {
            if (channel == null) {
                start(seq);
            }
            if (out.remaining() < 16) {
                throw new IOException("the client's own buffer is full");
            }
            Echo.putNumber(out, seq);
            out.put((byte) '\n');
        } catch (IOException e) {
            notes.add("send", e);
            ledger.failed(seq, Failures.connecting(e));
            return;
        }
        flush();
    }

    private void start(int seq) throws IOException {
        out.clear();
        in.clear();
        firstSeq = seq;
        connected = false;
        SocketChannel opened = SocketChannel.open();
        try {
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            opened.register(selector, SelectionKey.OP_CONNECT, this);
            connectingSince = System.nanoTime();
            if (opened.connect(target)) {
                established(opened);
            }
        } catch (IOException e) {
            Channels.close(opened, notes);
            throw e;
        }
        channel = opened;
    }

    private void established(SocketChannel opened) {
        connected = true;
        notes.connects++;
        opened.keyFor(selector).interestOps(SelectionKey.OP_READ);
    }

    private void flush() {
        SocketChannel socket = channel;
        if (socket == null || !connected) {
            return;
        }
        out.flip();
        try {
            socket.write(out);
        } catch (IOException e) {
            salvage(socket);
            broken(e);
            return;
        }
        out.compact();
    }

    @Override
    public void ready() {
        SocketChannel socket = channel;
        if (socket == null) {
            return;
        }
        try {
            if (!connected) {
                if (socket.finishConnect()) {
                    established(socket);
                    flush();
                }
                return;
            }
            if (socket.read(in) < 0) {
                notes.closes++;
                drop(Outcome.CLOSED);
                return;
            }
        } catch (IOException e) {
            broken(e);
            return;
        }
        takeLines();
    }

    private void takeLines() {
        long now = System.nanoTime();
        int start = 0;
        for (int i = 0; i < in.position(); i++) {
            if (in.get(i) == '\n') {
                Echo.settle(in, start, i, Echo.ANY, now, ledger, responders);
                start = i + 1;
            }
        }
        in.limit(in.position()).position(start);
        in.compact();
        if (!in.hasRemaining()) {
            ledger.stray();
            drop(Outcome.CLOSED);
        }
    }

    /** Answers that came before the connection broke are still in its buffer. */
    private void salvage(SocketChannel socket) {
        try {
            if (socket.read(in) > 0) {
                takeLines();
            }
        } catch (IOException e) {
            notes.add("last read", e);
        }
    }

    private void broken(IOException problem) {
        notes.add(connected ? "connection" : "connect", problem);
        Outcome outcome = connected ? Failures.connected(problem) : Failures.connecting(problem);
        notes.resets += outcome == Outcome.RESET ? 1 : 0;
        drop(outcome);
    }

    private void drop(Outcome outcome) {
        ledger.failedFrom(firstSeq, outcome);
        Channels.close(channel, notes);
        channel = null;
        connected = false;
    }

    @Override
    void expire(long nowNanos) {
        if (channel != null && !connected && nowNanos - connectingSince >= connectTimeoutNanos) {
            drop(Outcome.LOST);
        } else if (connected && out.position() > 0) {
            flush();
        }
    }

    @Override
    public void close() {
        Channels.close(channel, notes);
        channel = null;
    }
}
