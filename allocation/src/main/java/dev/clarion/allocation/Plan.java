package dev.clarion.allocation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to write and why. The ledger comes first, each shard onto the version that was read; then the statuses, each only
 * if the shards it {@linkplain StatusChange#needs() needs} were stored.
 *
 * @param ledger the changes of the ledger, in order of shards
 * @param statuses the changes of statuses, those who wait longest first
 * @param decisions what was decided for every Service, in order of keys
 * @param problems what could not be read of the ledger, a sentence each
 * @param wakeAt when to plan again even if nothing happens
 */
public record Plan(
        List<ShardChange> ledger,
        List<StatusChange> statuses,
        List<Decision> decisions,
        List<String> problems,
        Optional<Instant> wakeAt) {
    public Plan {
        problems = List.copyOf(problems);
        ledger = List.copyOf(ledger);
        statuses = List.copyOf(statuses);
        decisions = List.copyOf(decisions);
    }

    /** Whether there is nothing to write. */
    public boolean changesNothing() {
        return ledger.isEmpty() && statuses.isEmpty();
    }

    /** The statuses that may be written now that these shards, and no others, were stored. */
    public List<StatusChange> statusesAfter(Set<ShardId> stored) {
        return statuses.stream()
                .filter(change -> stored.containsAll(change.needs()))
                .toList();
    }
}
