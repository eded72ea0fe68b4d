package dev.clarion.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Tells when something about the network interfaces changed: links, IPv4 and IPv6 addresses, default routes. Many
 * changes at once are told once. If the kernel lost events because they came too fast, that is told like a change, so
 * that what is read after it is complete.
 */
public final class LinkMonitor implements AutoCloseable {

    private static final int RTMGRP_LINK = 0x1;
    private static final int RTMGRP_IPV4_IFADDR = 0x10;
    private static final int RTMGRP_IPV4_ROUTE = 0x40;
    private static final int RTMGRP_IPV6_IFADDR = 0x100;
    private static final int RTMGRP_IPV6_ROUTE = 0x400;
    private static final int GROUPS =
            RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_IFADDR | RTMGRP_IPV6_ROUTE;
    private static final int EFD_CLOEXEC = 0x8_0000;
    private static final int FOREVER = -1;
    private static final long RETRY_MILLIS = 1_000;

    private final Runnable changed;
    private final Consumer<String> notifyPeers;
    private final NetlinkSocket socket;
    private final int stop;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Starts to listen. Changes from now on are told, so list the interfaces after this.
     *
     * @param changed called on the monitor's own thread; must not throw, and must not close the monitor
     * @throws LinuxException if the kernel refuses
     */
    public LinkMonitor(Runnable changed) throws LinuxException {
        this(changed, interfaceName -> {});
    }

    /**
     * Starts to listen. Changes from now on are told, so list the interfaces after this.
     *
     * @param changed called on the monitor's own thread; must not throw, and must not close the monitor
     * @param notifyPeers called likewise, after that, with the name of an interface of which the kernel wants the
     *     neighbours to hear anew, although its link did not change: a bond failed over to another port, or the machine
     *     was migrated to another host
     * @throws LinuxException if the kernel refuses
     */
    public LinkMonitor(Runnable changed, Consumer<String> notifyPeers) throws LinuxException {
        this.changed = changed;
        this.notifyPeers = notifyPeers;
        this.socket = NetlinkSocket.open(GROUPS);
        this.stop = Libc.eventfd(EFD_CLOEXEC);
        if (stop < 0) {
            socket.close();
            throw new LinuxException("cannot make an eventfd", -stop, "");
        }
        this.thread = Thread.ofPlatform().name("link-monitor").daemon().unstarted(this::run);
        thread.start();
    }

    private void run() {
        while (!closed) {
            long second = Libc.awaitReadable(socket.fd(), stop, FOREVER);
            if (second == 1) {
                return;
            }
            LinkNews news = new LinkNews();
            try {
                news.lost(socket.drain(news::add));
            } catch (LinuxException e) {
                // Not known to happen. To look once a second is what is left then.
                news.lost(true);
                Libc.awaitReadable(stop, stop, (int) RETRY_MILLIS);
            }
            if (!closed && news.any()) {
                changed.run();
                news.notifyPeers().forEach(notifyPeers);
            }
        }
    }

    /** Ends listening; waits up to a second for a call of the listener that goes on. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Libc.write(
                stop,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putLong(0, 1)
                        .array());
        boolean ended = false;
        try {
            ended = thread.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ended) {
            // Otherwise the thread still uses the descriptors, and their numbers must not be given to others.
            socket.close();
            Libc.close(stop);
        }
    }
}
