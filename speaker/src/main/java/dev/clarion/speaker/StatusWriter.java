package dev.clarion.speaker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the node's status ConfigMap when it changed, at most once in {@link #PAUSE}. Trails behind; never hurries. */
final class StatusWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

    static final Duration PAUSE = Duration.ofSeconds(5);

    private final Supplier<Map<String, Object>> status;
    private final OwnObjects objects;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private String written = "";
    private boolean failing;

    StatusWriter(Supplier<Map<String, Object>> status, OwnObjects objects) {
        this.status = status;
        this.objects = objects;
        this.thread = Thread.ofVirtual().name("node-status").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                write();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            String now = Tree.yaml(status.get());
            if (!now.equals(written)) {
                objects.writeStatus(now).ifPresentOrElse(this::failed, () -> {
                    written = now;
                    failing = false;
                });
            }
        } catch (RuntimeException defect) {
            failed(defect.toString());
        }
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
