package dev.clarion.arpndp;

import java.util.Map;
import java.util.Optional;

/**
 * What happens on one interface of the intent.
 *
 * @param interfaceName the interface
 * @param state its state
 * @param problem what is wrong, in words that tell what to do; empty if nothing is
 * @param dropped frames that were received and not answered, by reason; reasons that never occurred are absent
 */
public record InterfaceStatus(
        String interfaceName, InterfaceState state, Optional<String> problem, Map<DropReason, Long> dropped) {

    /** Copies, so the status never changes. */
    public InterfaceStatus {
        dropped = Map.copyOf(dropped);
    }
}
