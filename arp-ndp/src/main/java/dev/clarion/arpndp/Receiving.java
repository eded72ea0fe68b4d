package dev.clarion.arpndp;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one interface: opens it as soon as it is there, hands on what comes in, and opens it again when it
 * broke, with growing pauses that a change of links cuts short.
 */
final class Receiving {

    private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);
    private static final long SHORTEST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 3_200;
    private static final long WORKED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LinkCache links;
    private final FrameChannel.Opener opener;
    private final Segment segment;
    private final Thread thread;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean closed;

    Receiving(String name, LinkCache links, FrameChannel.Opener opener, Segment segment, Runnable first) {
        this.links = links;
        this.opener = opener;
        this.segment = segment;
        this.thread = Thread.ofPlatform().name("l2-" + name).daemon().unstarted(() -> {
            first.run();
            run();
        });
    }

    void start() {
        thread.start();
    }

    /** Ends the pause, if there is one. */
    void wake() {
        wake.release();
    }

    /** Ends the thread; the channel it receives from has to be stopped besides. */
    void close() {
        closed = true;
        wake();
    }

    void join() throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(2));
    }

    private void run() {
        long pause = SHORTEST_PAUSE_MILLIS;
        while (!closed) {
            boolean worked = receiveOnce();
            pause = worked ? SHORTEST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            if (!closed && !pause(pause)) {
                return;
            }
        }
    }

    /** Opens and receives until it is stopped or breaks; whether that went well for a while. */
    private boolean receiveOnce() {
        Optional<L2Interface> link;
        FrameChannel channel;
        try {
            link = links.find();
            if (link.isEmpty() || !link.get().up()) {
                segment.condition().become(InterfaceState.ABSENT, "");
                return false;
            }
            channel = opener.open(link.get().name());
        } catch (IOException | RuntimeException e) {
            segment.condition().become(InterfaceState.FAILED, String.valueOf(e.getMessage()));
            return false;
        }
        long begin = System.nanoTime();
        try (channel) {
            segment.opened(channel, link.get().index());
            if (!closed) {
                channel.receive(segment);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("receiving ended", e);
            segment.condition().become(InterfaceState.FAILED, String.valueOf(e.getMessage()));
        } finally {
            segment.closed();
        }
        return System.nanoTime() - begin > WORKED_NANOS;
    }

    private boolean pause(long millis) {
        try {
            if (wake.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
