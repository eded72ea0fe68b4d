package dev.clarion.allocation;

import dev.clarion.net.Ip;
import java.time.Instant;
import java.util.Optional;

/**
 * An address to be given back by one who has it. The view that led to it may lag behind the ledger, so the holder must
 * be read afresh before the ledger is written, see {@link #confirmedBy}.
 *
 * @param ip the address
 * @param holder who gives it back; others who share it keep it
 * @param reason why
 * @param seen the version of the holder that the decision was made on; empty if the view had no such Service
 * @param at since when the address rests if nobody else has it
 */
public record Release(Ip ip, Holder holder, AllocationReason reason, Optional<String> seen, Instant at) {
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
        return fresh.filter(service -> service.uid().equals(holder.uid()))
                .map(service -> seen.equals(Optional.of(service.resourceVersion())))
                .orElse(true);
    }
}
