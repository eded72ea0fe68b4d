package dev.clarion.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    @Test
    void itWaitsUntilNoCheckHasAProblem() throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        HealthCheck later = new HealthCheck("later", () -> {
            asked.incrementAndGet();
            return ready.getCount() == 0 ? Optional.empty() : Optional.of("not yet");
        });
        Thread thread = Readiness.announce(List.of(new HealthCheck("at-once", Optional::empty), later));

        await().until(() -> asked.get() > 2);
        assertThat(thread.isAlive()).as("goes on asking").isTrue();

        ready.countDown();
        assertThat(thread.join(Duration.ofSeconds(10)))
                .as("ends when all is well")
                .isTrue();
    }
}
