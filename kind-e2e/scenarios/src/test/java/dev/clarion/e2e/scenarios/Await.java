package dev.clarion.e2e.scenarios;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits for what happens, within bounds that are generous because the machine may be busy. */
final class Await {
    private Await() {}

    /** Until the assertions hold; if they do not in time, says what was awaited and what was last wrong. */
    static void that(String sentence, int seconds, ThrowingRunnable assertions) {
        Awaitility.await(sentence)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(seconds))
                .untilAsserted(assertions);
    }
}
