package dev.clarion.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetriesTest {
    /** The clock passes its greatest value on the way. */
    private static final long BEGIN = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(100);

    private final Retries retries = new Retries();

    private List<Long> asked(long from, long to) {
        List<Long> asked = new ArrayList<>();
        for (long second = from; second < to; second++) {
            long now = BEGIN + TimeUnit.SECONDS.toNanos(second);
            if (retries.due(now)) {
                asked.add(second);
                retries.refused(now);
            }
        }
        return asked;
    }

    @Test
    void whatIsRefusedIsAskedForEverMoreRarelyAndForEver() {
        assertThat(asked(0, 1_300)).containsExactly(0L, 5L, 15L, 35L, 75L, 155L, 315L, 615L, 915L, 1_215L);
    }

    @Test
    void whoeverNeedsItAfterAPauseAsksAtOnce() {
        assertThat(asked(0, 100)).containsExactly(0L, 5L, 15L, 35L, 75L);
        retries.forget();
        assertThat(asked(100, 112)).containsExactly(100L, 105L);
    }
}
