package dev.clarion.speaker;

import dev.clarion.arpndp.InterfaceState;
import dev.clarion.arpndp.NeighbourAnnouncer;
import dev.clarion.telemetry.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the probes ask. An API server that is away is no reason to be restarted or taken for unready. */
final class Health {
    /** The loop turns five times a second; one that has not turned for this long hangs. */
    private static final Duration HANGING = Duration.ofSeconds(5);

    private final Supplier<LoopState> loop;
    private final NeighbourAnnouncer neighbours;
    private final LongSupplier clock;

    /** @param clock monotonic, in nanoseconds */
    Health(Supplier<LoopState> loop, NeighbourAnnouncer neighbours, LongSupplier clock) {
        this.loop = loop;
        this.neighbours = neighbours;
        this.clock = clock;
    }

    List<HealthCheck> healthy() {
        return List.of(new HealthCheck("loop", this::loopProblem));
    }

    List<HealthCheck> ready() {
        return List.of(
                new HealthCheck("loop", this::loopProblem),
                new HealthCheck("watches", this::watchProblem),
                new HealthCheck("effective-config", this::configProblem),
                new HealthCheck("decided", this::decisionProblem),
                new HealthCheck("captures", this::captureProblem));
    }

    private Optional<String> loopProblem() {
        long silent = clock.getAsLong() - loop.get().turnedAt();
        return silent > HANGING.toNanos()
                ? Optional.of("the loop has not turned for "
                        + Duration.ofNanos(silent).toSeconds() + " s")
                : Optional.empty();
    }

    private Optional<String> watchProblem() {
        List<String> missing = loop.get().waitingFor();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "not listed yet: " + String.join(", ", missing) + "; may this service account list them?");
    }

    private Optional<String> configProblem() {
        LoopState now = loop.get();
        boolean none =
                now.inputs().map(inputs -> inputs.effective().generation() == 0).orElse(true);
        return none ? now.problem() : Optional.empty();
    }

    private Optional<String> decisionProblem() {
        return loop.get().intent().isEmpty() ? Optional.of("nothing was decided yet") : Optional.empty();
    }

    private Optional<String> captureProblem() {
        String closed = neighbours.interfaces().stream()
                .filter(on -> on.state() != InterfaceState.OPEN)
                .map(on -> on.interfaceName() + " is " + on.state()
                        + on.problem().map(why -> ": " + why).orElse(""))
                .collect(Collectors.joining("; "));
        return closed.isEmpty() ? Optional.empty() : Optional.of(closed);
    }
}
