package dev.clarion.arpndp;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The whole desired state: which addresses this node answers for, on which interfaces. An interface that is named
 * anywhere in it is opened and kept ready, also with no address; one that is not named is closed.
 *
 * @param owned addresses by interface name: answered with the interface's own link-layer address, and announced
 * @param caretaken addresses by interface name, each with the link-layer address of the node that owns it and cannot
 *     answer: answered in its name, with its link-layer address, and never announced. One that is owned too is owned
 * @param watched addresses by interface name that other nodes own and this one may take over: not answered, but their
 *     IPv6 groups are joined, and who asks for them is remembered, to be told at once if it comes to that
 */
public record L2Intent(Map<String, Set<Ip>> owned, Map<String, Map<Ip, Mac>> caretaken, Map<String, Set<Ip>> watched) {

    /** Nothing is owned and no interface is open. */
    public static final L2Intent NOTHING = new L2Intent(Map.of());

    /** Copies, so the intent never changes. */
    public L2Intent {
        owned = copy(owned, Set::copyOf);
        caretaken = copy(caretaken, Map::copyOf);
        watched = copy(watched, Set::copyOf);
    }

    /** Owned addresses, and nothing else. */
    public L2Intent(Map<String, Set<Ip>> owned) {
        this(owned, Map.of(), Map.of());
    }

    private static <V> Map<String, V> copy(Map<String, V> map, UnaryOperator<V> copier) {
        Map<String, V> copy = HashMap.newHashMap(map.size());
        map.forEach((name, value) -> copy.put(name, copier.apply(value)));
        return Map.copyOf(copy);
    }

    /** The interfaces to open. */
    public Set<String> interfaces() {
        Set<String> all = new HashSet<>(owned.keySet());
        all.addAll(caretaken.keySet());
        all.addAll(watched.keySet());
        return all;
    }
}
