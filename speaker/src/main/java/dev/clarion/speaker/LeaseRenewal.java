package dev.clarion.speaker;

import dev.clarion.net.Prefix;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this speaker's Lease, which makes its node a member. As long as there is no heartbeat key it also shows that the
 * speaker lives: it is renewed once a second, and at once when its segments change. With a key it is only written if it
 * is not there. A renewal that gets no answer is left alone after {@link #PATIENCE}, so that one lost connection does not
 * cost the whole lifetime.
 */
final class LeaseRenewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewal.class);

    static final Duration INTERVAL = Duration.ofSeconds(1);
    /** Others count a silent speaker as dead after this. */
    static final Duration LIFETIME = Duration.ofSeconds(4);
    /** After a clean stop for a restart, others wait this long: the kernel forwards meanwhile. */
    static final Duration RESTART_LIFETIME = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofMillis(1500);
    /** The first request loads classes and opens a connection. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(5);

    private final OwnObjects objects;
    private final String node;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile List<Prefix> segments = List.of();
    private volatile BooleanSupplier missing = () -> true;
    private volatile boolean stopping;
    private boolean failing;
    private boolean renewedOnce;

    /** @param objects writes it */
    LeaseRenewal(OwnObjects objects, String node) {
        this.objects = objects;
        this.node = node;
        this.thread = Thread.ofVirtual().name("lease").unstarted(this::run);
    }

    /** Begins, if it has not begun yet. */
    void start() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /** Liveness is told otherwise from now on: the Lease is only written where this says that it is missing. */
    void onlyIf(BooleanSupplier isMissing) {
        missing = isMissing;
    }

    /** What the lease says of this node's networks; a change is written at once. */
    void segments(List<Prefix> now) {
        if (!segments.equals(now)) {
            segments = List.copyOf(now);
            wake.release();
        }
    }

    /** Ends the renewals; others wait longer than usual before they take over. */
    void endForRestart() {
        end(node, RESTART_LIFETIME);
    }

    /** Ends the renewals and gives the lease up: others take over at once. */
    void release() {
        end("", Duration.ofSeconds(1));
    }

    /** Ends the renewals without a word. */
    @Override
    public void close() {
        stopping = true;
        wake.release();
    }

    private void run() {
        while (!stopping) {
            if (missing.getAsBoolean()) {
                write(node, LIFETIME);
            }
            await();
        }
    }

    private void await() {
        try {
            if (wake.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException stop) {
            stopping = true;
        }
    }

    private void end(String holder, Duration lifetime) {
        if (thread.getState() == Thread.State.NEW) {
            // Never began to count, so there is nothing to take back or to hold on to.
            return;
        }
        stopping = true;
        wake.release();
        try {
            // A renewal under way must not come after the last word.
            thread.join(PATIENCE.plusMillis(200));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        write(holder, lifetime);
    }

    private void write(String holder, Duration lifetime) {
        objects.writeLease(holder, lifetime, segments, renewedOnce ? PATIENCE : FIRST_PATIENCE)
                .ifPresentOrElse(this::failed, this::succeeded);
    }

    private void succeeded() {
        renewedOnce = true;
        if (failing) {
            failing = false;
            LOG.info("lease is renewed again");
        }
    }

    private void failed(String why) {
        if (!failing && !stopping) {
            failing = true;
            LOG.atWarn().addKeyValue("why", why).log("lease cannot be renewed; what is owned stays announced");
        }
    }
}
