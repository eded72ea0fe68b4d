package dev.clarion.speaker;

import dev.clarion.announcement.Intent;
import java.util.List;
import java.util.Optional;

/**
 * What the loop knows and wants after a turn, for whoever looks.
 *
 * @param turnedAt monotonic time of the turn in nanoseconds
 * @param waitingFor what must be read before the first decision; empty once that is done
 * @param frozen liveness is frozen, because the API is away
 * @param inputs what the last decision was made from
 * @param intent the last decision
 * @param problem why the last turn failed, or its configuration could not be read
 */
record LoopState(
        long turnedAt,
        List<String> waitingFor,
        boolean frozen,
        Optional<Inputs> inputs,
        Optional<Intent> intent,
        Optional<String> problem) {}
