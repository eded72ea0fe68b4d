package dev.clarion.arpndp.fsm;

import dev.clarion.arpndp.wire.EthernetHeader;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.arpndp.wire.NeighborAdvertisement;
import dev.clarion.arpndp.wire.SolicitedNode;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Optional;

/**
 * The two advertisements that are sent. Both override: a neighbour that still has the old owner's link-layer address
 * must take ours (without O it would not). R is always 0: a change from 1 to 0 would make Linux drop default routes.
 */
final class Advertisements {

    private Advertisements() {}

    /** An answer: {@code as} is advertised, {@code egress} sends. */
    static Frame solicited(Ip address, Mac as, Mac egress, Ip asker, Mac askerMac) {
        return frame(address, as, egress, asker, askerMac, true);
    }

    static Frame toAllNodes(Ip address, Mac as, Mac egress) {
        return frame(address, as, egress, SolicitedNode.ALL_NODES, SolicitedNode.macOf(SolicitedNode.ALL_NODES), false);
    }

    private static Frame frame(Ip address, Mac as, Mac egress, Ip to, Mac toMac, boolean solicited) {
        return new Frame.Advertisement(
                new EthernetHeader(toMac, egress, EthernetHeader.IPV6),
                new NeighborAdvertisement(address, to, false, solicited, true, address, Optional.of(as)));
    }
}
