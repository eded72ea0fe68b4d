package dev.clarion.allocation;

import dev.clarion.net.IpFamily;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found for one Service so far, to be taken only if {@link #acceptable}. */
final class Search {
    private final Claim claim;
    private final Map<IpFamily, Spot> found = new EnumMap<>(IpFamily.class);
    private @Nullable Trouble trouble;

    Search(Claim claim) {
        this.claim = claim;
    }

    Claim claim() {
        return claim;
    }

    ServiceView service() {
        return claim.service();
    }

    void found(Spot spot) {
        found.put(spot.ip().family(), spot);
    }

    Map<IpFamily, Spot> found() {
        return found;
    }

    /** The pools of what was found. */
    List<PoolSpace> pools() {
        List<PoolSpace> pools = new ArrayList<>(2);
        for (Spot spot : found.values()) {
            PoolSpace pool = spot.pool();
            if (pool != null) {
                pools.add(pool);
            }
        }
        return pools;
    }

    /** Notes why something cannot be had; the first reason counts. */
    void miss(Trouble why) {
        if (trouble == null) {
            trouble = why;
        }
    }

    /** Nothing is to be had. */
    void fail(Trouble why) {
        found.clear();
        miss(why);
    }

    @Nullable
    Trouble trouble() {
        return trouble;
    }

    /** Whether with what was found it has every family that it must have. */
    boolean acceptable() {
        for (IpFamily family : claim.families()) {
            if (claim.service().mustHave(family)
                    && !claim.stays(family)
                    && !claim.hasForeign(family)
                    && !found.containsKey(family)) {
                return false;
            }
        }
        return true;
    }
}
