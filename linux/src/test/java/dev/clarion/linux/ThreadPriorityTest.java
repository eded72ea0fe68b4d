package dev.clarion.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which threads and priorities are refused; what the kernel does with others is tested in a process of its own. */
class ThreadPriorityTest {

    @Test
    void aVirtualThreadIsLeftAsItIs() throws InterruptedException {
        AtomicReference<ThreadPriority.Outcome> outcome = new AtomicReference<>();
        Thread.ofVirtual().start(() -> outcome.set(ThreadPriority.raise(1, -1))).join();
        assertThat(outcome.get()).isInstanceOf(ThreadPriority.Outcome.Unchanged.class);
    }

    @ParameterizedTest
    @CsvSource({"0, -15", "100, -15", "10, 0", "10, -21"})
    void impossiblePrioritiesAreRefused(int realTime, int nice) {
        assertThatIllegalArgumentException().isThrownBy(() -> ThreadPriority.raise(realTime, nice));
    }
}
