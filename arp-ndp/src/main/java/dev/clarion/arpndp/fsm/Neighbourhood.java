package dev.clarion.arpndp.fsm;

import dev.clarion.net.Ip;
import java.util.List;

/** Which neighbours are to know of an address. */
@FunctionalInterface
public interface Neighbourhood {

    /** Nobody. */
    Neighbourhood EMPTY = address -> List.of();

    /** The neighbours to tell of that address: those of its family, gateways first. */
    List<Neighbour> of(Ip address);
}
