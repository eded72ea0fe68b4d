package dev.clarion.allocation;

import java.time.Instant;
import java.util.Optional;

/** When to plan again although nothing happens: the earliest of the times that somebody waits for. */
final class Alarm {
    private Optional<Instant> first = Optional.empty();

    void at(Instant time) {
        if (first.isEmpty() || time.isBefore(first.get())) {
            first = Optional.of(time);
        }
    }

    Optional<Instant> first() {
        return first;
    }
}
