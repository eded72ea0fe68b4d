package dev.clarion.speaker;

import dev.clarion.net.Prefix;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews this speaker's Lease once a second, and at once when its segments change. A renewal that gets no answer is
 * left alone after {@link #PATIENCE}, so that one lost connection does not cost the whole lifetime.
 */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    static final Duration INTERVAL = Duration.ofSeconds(1);
    /** Others count a silent speaker as dead after this. */
    static final Duration LIFETIME = Duration.ofSeconds(4);
    /** After a clean stop for a restart, others wait this long: the kernel forwards meanwhile. */
    static final Duration RESTART_LIFETIME = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final OwnObjects objects;
    private final String node;
    private final Semaphore wake = new Semaphore(0);
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread thread;
    private volatile List<Prefix> segments = List.of();
    private volatile boolean stopping;
    private boolean failing;

    Heartbeat(OwnObjects objects, String node) {
        this.objects = objects;
        this.node = node;
        this.thread = Thread.ofVirtual().name("heartbeat").unstarted(this::run);
    }

    void start() {
        thread.start();
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
        requests.shutdownNow();
    }

    private void run() {
        while (!stopping) {
            write(node, LIFETIME);
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
        List<Prefix> listed = segments;
        Future<?> request = requests.submit(() -> objects.writeLease(holder, lifetime, listed));
        try {
            request.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            succeeded();
        } catch (ExecutionException refused) {
            failed(String.valueOf(refused.getCause()));
        } catch (TimeoutException late) {
            request.cancel(true);
            failed("no answer within " + PATIENCE.toMillis() + " ms");
        } catch (InterruptedException stop) {
            request.cancel(true);
            stopping = true;
            Thread.currentThread().interrupt();
        }
    }

    private void succeeded() {
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
