package dev.clarion.arpndp.fsm;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which users of a held address were told of lately: the same one again only after 10 s, and no more than a few at a
 * time, so that a host with ever new link-layer addresses does not flood those who listen. Not safe for use by several
 * threads.
 */
public final class Conflicts {

    private static final long SILENT_NANOS = 10_000_000_000L;
    private static final int MOST_AT_A_TIME = 4;

    private final Map<Ip, List<Told>> told = new HashMap<>();

    private record Told(Mac mac, long at) {}

    /**
     * Whether this one is worth telling of; it counts as told then.
     *
     * @param holdings what is held; somebody who uses another address does not matter
     * @param seen what was seen
     * @param egress the link-layer address of the interface as it is now
     * @param now when
     */
    public boolean tell(Holdings holdings, Sighting seen, Mac egress, long now) {
        Ip address = seen.address();
        return switch (seen) {
            // It is answered, which makes the prober refrain.
            case Sighting.Wants wants -> false;
            case Sighting.Uses uses -> isForeign(holdings, seen, egress) && isNew(address, seen.mac(), now);
            case Sighting.Answers answers -> isForeign(holdings, seen, egress) && isNew(address, seen.mac(), now);
        };
    }

    private static boolean isForeign(Holdings holdings, Sighting seen, Mac egress) {
        return holdings.contains(seen.address())
                && !holdings.answersAs(seen.address(), egress).orElse(egress).equals(seen.mac());
    }

    private boolean isNew(Ip address, Mac mac, long now) {
        List<Told> lately = told.computeIfAbsent(address, first -> new ArrayList<>());
        lately.removeIf(each -> now - each.at() >= SILENT_NANOS);
        if (lately.size() >= MOST_AT_A_TIME
                || lately.stream().anyMatch(each -> each.mac().equals(mac))) {
            return false;
        }
        lately.add(new Told(mac, now));
        return true;
    }

    /** Forgets what is held no longer. */
    public void keepOnly(Holdings holdings) {
        told.keySet().removeIf(address -> !holdings.contains(address));
    }
}
