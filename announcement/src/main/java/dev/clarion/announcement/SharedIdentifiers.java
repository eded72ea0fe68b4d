package dev.clarion.announcement;

import dev.clarion.config.BgpPeer;
import dev.clarion.config.Config;
import dev.clarion.config.LabelSelector;
import dev.clarion.net.Ip;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds nodes that speak to one router as one AS under one BGP identifier, which should be unique within the AS (RFC 6286
 * section 2.1). Whether a speaker lives at the moment does not matter: that they share it does not come and go with a
 * restart.
 */
public final class SharedIdentifiers {
    private SharedIdentifiers() {}

    /**
     * An identifier that is not this node's alone.
     *
     * @param identifier this node's towards the peer
     * @param nodes the others, at least one
     */
    public record Shared(Ip identifier, SortedSet<String> nodes) {}

    /**
     * Those of this node, by the name of its peer. Towards a router counts whoever finds it in the same way: at the same
     * address and port, or on an interface of the same name, and in the same VRF.
     *
     * @param self this node's name
     * @param config the effective configuration
     * @param nodes the Node objects by name
     * @param identifiers of the nodes that have a speaker, this one among them: what each uses where a peer names none
     */
    public static SortedMap<String, Shared> of(
            String self, Config config, Map<String, NodeFacts> nodes, Map<String, Ip> identifiers) {
        SortedMap<String, Shared> shared = new TreeMap<>();
        Ip own = identifiers.get(self);
        if (own == null) {
            return shared;
        }
        for (BgpPeer ours : BgpSelection.peers(config, nodes, self)) {
            Ip identifier = ours.routerId().orElse(own);
            List<BgpPeer> same = config.bgpPeers().stream()
                    .filter(theirs -> sameRouter(ours, theirs) && localAs(ours) == localAs(theirs))
                    .toList();
            SortedSet<String> others = new TreeSet<>();
            identifiers.forEach((node, usual) -> {
                NodeFacts facts = nodes.get(node);
                if (facts != null && !node.equals(self) && uses(identifier, facts, usual, same)) {
                    others.add(node);
                }
            });
            if (!others.isEmpty()) {
                shared.put(ours.name(), new Shared(identifier, others));
            }
        }
        return shared;
    }

    private static boolean uses(Ip identifier, NodeFacts node, Ip usual, List<BgpPeer> peers) {
        return peers.stream()
                .anyMatch(peer -> identifier.equals(peer.routerId().orElse(usual))
                        && LabelSelector.admits(peer.nodeSelectors(), node.labels()));
    }

    private static boolean sameRouter(BgpPeer one, BgpPeer other) {
        return one.neighbor().equals(other.neighbor())
                && one.peerPort() == other.peerPort()
                && one.vrf().equals(other.vrf());
    }

    /** The AS that the router takes us for. */
    private static long localAs(BgpPeer peer) {
        return peer.localAsn().orElse(peer.myAsn());
    }
}
