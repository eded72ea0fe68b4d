package dev.clarion.arpndp.fsm;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is answered for on one interface.
 *
 * @param owned answered and announced with the interface's own link-layer address
 * @param caretaken answered in the name of a node that cannot, with that node's link-layer address, and never announced;
 *     what is owned too counts as owned
 */
public record Holdings(Set<Ip> owned, Map<Ip, Mac> caretaken) {

    /** Nothing is answered. */
    public static final Holdings NONE = new Holdings(Set.of(), Map.of());

    /** Copies, so the holdings never change. */
    public Holdings {
        owned = Set.copyOf(owned);
        caretaken = Map.copyOf(caretaken);
    }

    /** Whether questions for the address are answered. */
    public boolean contains(Ip address) {
        return owned.contains(address) || caretaken.containsKey(address);
    }

    /** With which link-layer address the address is answered for on an interface with that one; empty if not at all. */
    public Optional<Mac> answersAs(Ip address, Mac egress) {
        return owned.contains(address) ? Optional.of(egress) : Optional.ofNullable(caretaken.get(address));
    }
}
