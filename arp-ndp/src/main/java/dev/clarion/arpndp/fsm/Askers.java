package dev.clarion.arpndp.fsm;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who asked for which address lately, on one interface: hosts that have an entry which a new owner has to correct. Holds
 * a bounded number of pairs, of which it forgets the oldest first. Not safe for use by several threads.
 */
public final class Askers {

    /** Far longer than any host keeps an entry that it does not use. */
    private static final long REMEMBERED_NANOS = 1_200_000_000_000L;

    private final int limit;
    private final Map<Pair, Seen> byAge = new LinkedHashMap<>();

    private record Pair(Ip address, Ip asker) {}

    private record Seen(Mac mac, long at) {}

    /**
     * Nobody asked yet.
     *
     * @param limit how many pairs of address and asker are remembered at most
     */
    public Askers(int limit) {
        this.limit = limit;
    }

    /**
     * Somebody asked.
     *
     * @param address for which address
     * @param asker who; an unspecified one is not remembered
     * @param mac the asker's link-layer address
     * @param now when
     */
    public void asked(Ip address, Ip asker, Mac mac, long now) {
        if (asker.isUnspecified() || asker.family() != address.family() || asker.equals(address)) {
            return;
        }
        Pair pair = new Pair(address, asker);
        byAge.remove(pair);
        byAge.put(pair, new Seen(mac, now));
        Iterator<Pair> eldest = byAge.keySet().iterator();
        while (byAge.size() > limit) {
            eldest.next();
            eldest.remove();
        }
    }

    /** Who asked for the address within the last 20 minutes. */
    public List<Neighbour> of(Ip address, long now) {
        return byAge.entrySet().stream()
                .filter(entry -> entry.getKey().address().equals(address))
                .filter(entry -> now - entry.getValue().at() <= REMEMBERED_NANOS)
                .map(entry -> new Neighbour(
                        entry.getKey().asker(), Optional.of(entry.getValue().mac()), Neighbour.Role.ASKER))
                .toList();
    }

    /** How many pairs are remembered. */
    public int size() {
        return byAge.size();
    }
}
