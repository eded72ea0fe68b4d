package dev.clarion.arpndp;

import dev.clarion.net.Ip;
import java.util.Map;
import java.util.Optional;

/**
 * What happens on one interface of the intent.
 *
 * @param interfaceName the interface
 * @param state its state
 * @param problem what is wrong, in words that tell what to do; empty if nothing is
 * @param dropped frames that were received and not answered, by reason; reasons that never occurred are absent
 * @param lost frames that the kernel dropped before they were read, because too many came at once; since it was opened
 * @param stoodInFor how many questions were answered in the name of other nodes, by address; those of the present intent
 */
public record InterfaceStatus(
        String interfaceName,
        InterfaceState state,
        Optional<String> problem,
        Map<DropReason, Long> dropped,
        long lost,
        Map<Ip, Long> stoodInFor) {

    /** Copies, so the status never changes. */
    public InterfaceStatus {
        dropped = Map.copyOf(dropped);
        stoodInFor = Map.copyOf(stoodInFor);
    }
}
