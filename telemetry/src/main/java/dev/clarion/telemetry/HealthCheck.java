package dev.clarion.telemetry;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that must be so for a program to be healthy or ready.
 *
 * @param name one word, for instance {@code leader-lease}
 * @param problem what is wrong, in one line and with what to do; empty if nothing is. Asked on every probe: must not
 *     block.
 */
public record HealthCheck(String name, Supplier<Optional<String>> problem) {
    /** A check that throws is a problem in itself. */
    Optional<String> ask() {
        try {
            return problem.get();
        } catch (RuntimeException failed) {
            return Optional.of("the check itself failed: " + failed);
        }
    }
}
