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

    static Frame solicited(Ip address, Mac egress, Ip asker, Mac askerMac) {
        return frame(address, egress, asker, askerMac, true);
    }

    static Frame toAllNodes(Ip address, Mac egress) {
        return frame(address, egress, SolicitedNode.ALL_NODES, SolicitedNode.macOf(SolicitedNode.ALL_NODES), false);
    }

    private static Frame frame(Ip address, Mac egress, Ip to, Mac toMac, boolean solicited) {
        return new Frame.Advertisement(
                new EthernetHeader(toMac, egress, EthernetHeader.IPV6),
                new NeighborAdvertisement(address, to, false, solicited, true, address, Optional.of(egress)));
    }
}
