package dev.clarion.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DataPlaneTest {
    private static final Ip A = Ip.parse("203.0.113.7");
    private static final Ip B = Ip.parse("2001:db8::7");
    private static final Optional<Set<Ip>> UNKNOWN = Optional.empty();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final DataPlane plane = new DataPlane();

    @Test
    void anAddressWaitsForItsRule() {
        assertThat(plane.unready(Set.of(A, B), Optional.of(Set.of(A)), 0)).containsExactly(B);
        assertThat(plane.unready(Set.of(A, B), Optional.of(Set.of(A, B)), 1)).isEmpty();
        assertThat(plane.next()).isEmpty();
        assertThat(plane.unready(Set.of(A, B), Optional.of(Set.of(B)), 2))
                .as("one whose rule goes")
                .containsExactly(A);
    }

    @Test
    void aRuleThatNeverComesIsNotWaitedForForEver() {
        plane.unready(Set.of(), Optional.of(Set.of()), 0);
        assertThat(plane.unready(Set.of(A), Optional.of(Set.of()), SECOND)).containsExactly(A);
        assertThat(plane.next()).hasValue(31 * SECOND);
        assertThat(plane.unready(Set.of(A), Optional.of(Set.of()), 31 * SECOND - 1))
                .containsExactly(A);
        assertThat(plane.unready(Set.of(A), Optional.of(Set.of()), 31 * SECOND)).isEmpty();
    }

    @Test
    void whereRulesCannotBeReadWhatIsNewWaitsASecondAndWhatWasThereDoesNot() {
        assertThat(plane.unready(Set.of(A), UNKNOWN, 0)).isEmpty();
        assertThat(plane.unready(Set.of(A, B), UNKNOWN, 5 * SECOND)).containsExactly(B);
        assertThat(plane.next()).hasValue(6 * SECOND);
        assertThat(plane.unready(Set.of(A, B), UNKNOWN, 6 * SECOND)).isEmpty();
    }

    @Test
    void whatGoesAndComesWaitsAnew() {
        plane.unready(Set.of(), UNKNOWN, 0);
        plane.unready(Set.of(A), UNKNOWN, SECOND);
        assertThat(plane.unready(Set.of(A), UNKNOWN, 2 * SECOND)).isEmpty();
        plane.unready(Set.of(), UNKNOWN, 3 * SECOND);
        assertThat(plane.unready(Set.of(A), UNKNOWN, 4 * SECOND)).containsExactly(A);
    }

    @Test
    void theNextOneIsTheOneThatHasWaitedLongest() {
        plane.unready(Set.of(), UNKNOWN, 0);
        plane.unready(Set.of(A), UNKNOWN, SECOND);
        plane.unready(Set.of(A, B), UNKNOWN, SECOND + 10);
        assertThat(plane.next()).hasValue(2 * SECOND);
    }
}
