package dev.clarion.arpndp;

import dev.clarion.net.Ip;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The whole desired state: which addresses this node answers for, on which interfaces.
 *
 * @param owned addresses by interface name; an interface with no address is opened and kept ready, one that is not
 *     named is closed
 */
public record L2Intent(Map<String, Set<Ip>> owned) {

    /** Nothing is owned and no interface is open. */
    public static final L2Intent NOTHING = new L2Intent(Map.of());

    /** Copies, so the intent never changes. */
    public L2Intent {
        Map<String, Set<Ip>> copy = HashMap.newHashMap(owned.size());
        owned.forEach((name, addresses) -> copy.put(name, Set.copyOf(addresses)));
        owned = Map.copyOf(copy);
    }
}
