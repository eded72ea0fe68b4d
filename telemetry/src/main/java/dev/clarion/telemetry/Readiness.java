package dev.clarion.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once, in the log, that a program has become ready, and how long that took from the start of its process. */
public final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    /** Short beside any start-up, and long enough to cost nothing. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Readiness() {}

    /**
     * Looks at the checks, on a thread of its own, until none has a problem; then logs {@code ready} with
     * {@code sinceStart} in seconds. The same checks answer {@code /readyz}, which a probe asks too seldom to time a
     * start by.
     */
    public static Thread announce(List<HealthCheck> checks) {
        return Thread.ofVirtual().name("readiness").start(() -> {
            while (checks.stream().anyMatch(check -> check.ask().isPresent())) {
                LockSupport.parkNanos(PAUSE.toNanos());
                if (Thread.interrupted()) {
                    return;
                }
            }
            Duration sinceStart = ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(start -> Duration.between(start, Instant.now()))
                    .orElse(Duration.ZERO);
            LOG.atInfo()
                    .addKeyValue("sinceStart", sinceStart.toMillis() / 1000.0)
                    .log("ready");
        });
    }
}
