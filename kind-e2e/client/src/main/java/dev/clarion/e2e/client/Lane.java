package dev.clarion.e2e.client;

import dev.clarion.e2e.client.analysis.Probe;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;

/** One probe to one target. All calls come from the engine's thread; none blocks, and none throws for what the network does. */
abstract class Lane implements AutoCloseable {
    final InetSocketAddress target;
    final Selector selector;
    final Ledger ledger;
    final Responders responders;
    final Notes notes = new Notes();

    Lane(InetSocketAddress target, Selector selector, Ledger ledger, Responders responders) {
        this.target = target;
        this.selector = selector;
        this.ledger = ledger;
        this.responders = responders;
    }

    abstract Probe probe();

    /** Sends this request now. */
    abstract void send(int seq);

    /** Gives up what has waited too long. */
    abstract void expire(long nowNanos);

    @Override
    public abstract void close();
}
