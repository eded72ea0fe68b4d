package dev.clarion.allocation;

import java.util.Optional;

/**
 * An address to be given back. The view that led to it may lag behind the ledger, so the holder must be read afresh
 * before the ledger is written, see {@link #confirmedBy}.
 *
 * @param entry the entry to remove
 * @param reason why
 * @param seen the version of the holder that the decision was made on; empty if the view had no such Service
 */
public record Release(LedgerEntry entry, AllocationReason reason, Optional<String> seen) {
    /**
     * A Service as it is stored right now.
     *
     * @param uid its UID
     * @param resourceVersion its version
     */
    public record Fresh(String uid, String resourceVersion) {}

    /**
     * Whether the release holds in the face of a fresh reading of the Service of the holder's name: the holder is gone,
     * or it is just as it was when the release was decided.
     */
    public boolean confirmedBy(Optional<Fresh> fresh) {
        return fresh.filter(service -> service.uid().equals(entry.uid()))
                .map(service -> seen.equals(Optional.of(service.resourceVersion())))
                .orElse(true);
    }
}
