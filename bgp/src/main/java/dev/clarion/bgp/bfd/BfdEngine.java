package dev.clarion.bgp.bfd;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches peers by BFD (RFC 5880, 5881, 5883), in asynchronous mode: is given the whole desired state and keeps it.
 *
 * <p>All sessions live on one platform thread of their own. It is meant to run in real time, takes what arrived before
 * it judges a silence, allows for its own pauses, and allocates nothing while sessions are up. The sockets need Linux,
 * and no privilege but for binding to an interface or VRF (CAP_NET_RAW before Linux 5.7). Methods may be called from
 * any thread, though not from the listener.
 */
public final class BfdEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BfdEngine.class);
    private static final long ANSWER_SECONDS = 10;
    private static final long AFTER_DEFECT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final SafeListener listener;
    private final BfdOptions options;
    private final Wake wake = new Wake();
    private final Queue<Consumer<Turns>> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Map<String, BfdSessionConfig>> next = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean stopping;

    /** Starts, without sessions. Throws {@link BfdException} when it cannot work on this machine. */
    public BfdEngine(BfdListener listener, BfdOptions options) {
        this.listener = new SafeListener(listener);
        this.options = options;
        this.thread = Thread.ofPlatform().name("bfd").daemon().unstarted(this::run);
        thread.start();
    }

    /**
     * Makes this the desired state, whole: sessions that are not in it are told to their peers as taken down by people,
     * others begin. Keys with the same two ends share one session, with the profile of the first. A change of a profile
     * ends no session. Returns at once; of several calls in a row the last counts.
     *
     * @param wanted by the owner's name
     */
    public void sessions(Map<String, BfdSessionConfig> wanted) {
        if (next.getAndSet(new LinkedHashMap<>(wanted)) == null) {
            post(this::takeSessions);
        }
    }

    private void takeSessions(Turns turns) {
        Map<String, BfdSessionConfig> wanted = next.getAndSet(null);
        if (wanted != null) {
            turns.sessions(wanted);
        }
    }

    /**
     * Everything as it is now.
     *
     * @throws IllegalStateException if the engine is closed, or its thread does not answer within seconds
     */
    public BfdStatus status() {
        CompletableFuture<BfdStatus> answer = new CompletableFuture<>();
        post(turns -> answer.complete(turns.status()));
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the BFD sessions", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the BFD sessions do not answer", failed);
        }
    }

    /**
     * Tells every peer that its session is taken down by people, which no peer takes for a failure, and ends. Returns
     * when that is said.
     */
    @Override
    public void close() {
        stopping = true;
        wake.up();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The number of the engine's thread, for {@link java.lang.management.ThreadMXBean}. */
    long threadId() {
        return thread.threadId();
    }

    private void post(Consumer<Turns> input) {
        inbox.add(input);
        wake.up();
    }

    private void run() {
        BfdStatus.Scheduling scheduling = raise();
        if (!scheduling.realTime()) {
            LOG.warn("BFD does not run in real time, so a busy node can end its sessions: {}", scheduling.text());
        }
        // Discriminators are what keeps others out who cannot see our packets, so they are not to be guessed.
        try (Turns turns = new Turns(listener, wake, scheduling, new SecureRandom().nextLong())) {
            while (!stopping) {
                turn(turns);
            }
        } finally {
            wake.close();
        }
    }

    private BfdStatus.Scheduling raise() {
        try {
            return options.raise().get();
        } catch (RuntimeException refused) {
            return new BfdStatus.Scheduling(false, "raising the thread's priority failed: " + refused);
        }
    }

    private void turn(Turns turns) {
        try {
            for (Consumer<Turns> input = inbox.poll(); input != null; input = inbox.poll()) {
                input.accept(turns);
            }
            turns.turn();
        } catch (RuntimeException defect) {
            LOG.error("a BFD turn failed; the sessions go on", defect);
            // What fails at once fails again at once; in real time that would take the processor from everybody.
            LockSupport.parkNanos(AFTER_DEFECT_NANOS);
        }
    }
}
