package dev.clarion.allocation;

import dev.clarion.net.Ip;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much of each shard of the ledger those fill who share addresses. A shard of unshared addresses is far below what an
 * object may have, but an address may have many holders, each with its terms; beyond {@value #MOST} nobody is added, so
 * that no shard ever becomes too large to be stored.
 */
final class SharingRoom {
    /** Bytes of one shard. The rest of 1 MiB is enough for 256 addresses and as many holders that share with nobody. */
    static final int MOST = 700_000;

    private final Map<ShardId, Integer> used = new HashMap<>();

    /** Notes that the address passes from these holders to those. */
    void change(Ip ip, LedgerEntry.@Nullable Held from, LedgerEntry.@Nullable Held to) {
        int more = size(to) - size(from);
        if (more != 0) {
            used.merge(ShardId.of(ip), more, Integer::sum);
        }
    }

    /** Whether the Service can be entered as one more holder; one that shares with nobody always can. */
    boolean has(Ip ip, ServiceView service) {
        return service.sharing().isEmpty()
                || used.getOrDefault(ShardId.of(ip), 0) + Holder.size(service.key(), service.uid(), service.sharing())
                        <= MOST;
    }

    /** Whether a holder can be entered on these terms in place of its own: always, unless they are longer. */
    boolean has(Ip ip, Holder holder, Optional<SharingTerms> terms) {
        int more = Holder.size(holder.service(), holder.uid(), terms)
                - Holder.size(holder.service(), holder.uid(), holder.terms());
        return more <= 0 || used.getOrDefault(ShardId.of(ip), 0) + more <= MOST;
    }

    private static int size(LedgerEntry.@Nullable Held entry) {
        int size = 0;
        if (entry != null) {
            for (Holder holder : entry.holders()) {
                if (holder.terms().isPresent()) {
                    size += Holder.size(holder.service(), holder.uid(), holder.terms());
                }
            }
        }
        return size;
    }
}
