package dev.clarion.allocation;

import dev.clarion.net.Ip;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The addresses that anybody has, had, shows or asks for. */
final class Occupancy {
    private final Pools pools;
    private final SharingRoom room = new SharingRoom();
    private final Map<Ip, Spot> spots = new HashMap<>();

    Occupancy(Pools pools) {
        this.pools = pools;
    }

    Spot at(Ip ip) {
        Spot known = spots.get(ip);
        if (known == null) {
            PoolSpace pool = pools.covering(ip);
            known = new Spot(ip, pool, room);
            spots.put(ip, known);
            if (pool != null) {
                pool.note(known);
            }
        }
        return known;
    }

    /** In no particular order. */
    Collection<Spot> all() {
        return spots.values();
    }
}
