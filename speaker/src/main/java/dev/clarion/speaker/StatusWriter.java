package dev.clarion.speaker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the node's status ConfigMap soon after it changed, but at most once in {@link #PAUSE}. */
final class StatusWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

    static final Duration PAUSE = Duration.ofSeconds(5);
    /** How often it looks whether something changed. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Supplier<Map<String, String>> status;
    private final OwnObjects objects;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private Map<String, String> written = Map.of();
    private boolean failing;

    StatusWriter(Supplier<Map<String, String>> status, OwnObjects objects) {
        this.status = status;
        this.objects = objects;
        this.thread = Thread.ofVirtual().name("node-status").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            Duration pause = LOOK;
            while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = write() ? PAUSE : LOOK;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a request was made. */
    private boolean write() {
        Map<String, String> now;
        try {
            now = status.get();
            if (now.equals(written)) {
                return false;
            }
            objects.writeStatus(now).ifPresentOrElse(this::failed, () -> {
                written = now;
                failing = false;
            });
        } catch (RuntimeException defect) {
            failed(defect.toString());
        }
        return true;
    }

    private void failed(String why) {
        if (!failing) {
            failing = true;
            LOG.atWarn().addKeyValue("why", why).log("node status cannot be written; tried again every {}", PAUSE);
        }
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
