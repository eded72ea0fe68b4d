package dev.clarion.controller;

import dev.clarion.allocation.StatusChange;
import dev.clarion.kube.ObjectKey;
import dev.clarion.kube.PatchOutcome;
import dev.clarion.kube.ServiceStatusWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A few threads that write statuses, so that one slow write holds up nobody else. The fence is asked right before each
 * write, and a write that has waited too long is dropped: by then the ledger may say something else.
 */
final class StatusWriters implements AutoCloseable {
    /** As many at once as an API server gets faster by; its disk takes writes that come together in one go. */
    private static final int WRITERS = 8;

    /**
     * For so long after its plan a write may begin: shorter, with the ten seconds that a request may take, than
     * {@link dev.clarion.allocation.Planner#REST}.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration LAST_WRITES = Duration.ofSeconds(3);

    private final ServiceStatusWriter writer;
    private final BooleanSupplier fence;
    private final Runnable wake;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            WRITERS, Thread.ofVirtual().name("status-writer-", 0).factory());
    private final Queue<Job> addresses = new ConcurrentLinkedQueue<>();
    private final Queue<Job> words = new ConcurrentLinkedQueue<>();
    private final Queue<Result> results = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean stopping;

    /** @param patch makes it; thousands may wait, and a text is larger than what it is made from */
    private record Job(StatusChange change, Supplier<String> patch, long deadline) {}

    /** What became of a change. */
    sealed interface Result {
        StatusChange change();

        /** It was sent, and this is the answer. */
        record Answered(StatusChange change, PatchOutcome outcome) implements Result {}

        /** It was not sent. */
        record Dropped(StatusChange change) implements Result {}
    }

    /**
     * @param fence whether this process may write at this moment
     * @param wake called when there is a result
     */
    StatusWriters(ServiceStatusWriter writer, BooleanSupplier fence, Runnable wake) {
        this.writer = writer;
        this.fence = fence;
        this.wake = wake;
    }

    /**
     * Has a change written.
     *
     * @param planned when the plan was made that the change is of, on {@link System#nanoTime()}
     */
    void send(StatusChange change, Supplier<String> patch, long planned) {
        send(addresses, change, patch, planned);
    }

    /** Has a change written that nobody waits for: after all others. */
    void sendLater(StatusChange change, Supplier<String> patch, long planned) {
        send(words, change, patch, planned);
    }

    private void send(Queue<Job> queue, StatusChange change, Supplier<String> patch, long planned) {
        queue.add(new Job(change, patch, planned + PATIENCE.toNanos()));
        waiting.incrementAndGet();
        threads.execute(this::writeNext);
    }

    /** How many are to be written or on their way. */
    int waiting() {
        return waiting.get();
    }

    private void writeNext() {
        Job first = addresses.poll();
        Job job = first == null ? words.poll() : first;
        if (job != null) {
            Result result = write(job);
            waiting.decrementAndGet();
            results.add(result);
            // What was written shows in the watch right after, and that wakes the loop: one plan instead of two.
            boolean stored =
                    result instanceof Result.Answered answered && answered.outcome() instanceof PatchOutcome.Done;
            if (!stored) {
                wake.run();
            }
        }
    }

    /** The results since the last call. */
    List<Result> results() {
        List<Result> done = new ArrayList<>();
        for (Result next = results.poll(); next != null; next = results.poll()) {
            done.add(next);
        }
        return done;
    }

    private Result write(Job job) {
        StatusChange change = job.change();
        if (stopping || System.nanoTime() - job.deadline() > 0 || !fence.getAsBoolean()) {
            return new Result.Dropped(change);
        }
        ObjectKey key =
                new ObjectKey(change.service().namespace(), change.service().name());
        try {
            return new Result.Answered(
                    change, writer.patchServiceStatus(key, job.patch().get()));
        } catch (RuntimeException defect) {
            return new Result.Answered(change, new PatchOutcome.Unreachable("the request failed: " + defect));
        }
    }

    /** Lets the writes that are under way come to an end, and drops the others. */
    @Override
    public void close() {
        stopping = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_WRITES.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
