package dev.clarion.allocation;

import dev.clarion.net.Ip;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be written to the status of one Service, onto the version that was seen or not at all.
 *
 * @param service which Service
 * @param uid its UID
 * @param resourceVersion its version
 * @param ingress the addresses to show; empty to leave {@code status.loadBalancer} as it is
 * @param condition the condition {@code clarion.dev/Allocated}; empty to remove it
 * @param allocatedFrom the annotation {@code clarion.dev/allocated-from}; empty to remove it
 * @param needs shards of the ledger that must have been written in this very turn before the status may be
 * @param note what to tell people, if there is news
 */
public record StatusChange(
        ServiceKey service,
        String uid,
        String resourceVersion,
        Optional<List<Ip>> ingress,
        Optional<Condition> condition,
        Optional<String> allocatedFrom,
        Set<ShardId> needs,
        Optional<Note> note) {
    public StatusChange {
        ingress = ingress.map(List::copyOf);
        needs = Set.copyOf(needs);
    }

    /**
     * An event to record once the status is stored.
     *
     * @param warning whether it is a warning
     * @param reason one word
     * @param message a sentence
     */
    public record Note(boolean warning, String reason, String message) {}
}
