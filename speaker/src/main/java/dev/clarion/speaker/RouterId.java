package dev.clarion.speaker;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The BGP Identifier of a node (RFC 6286: any 32 bits but zero, unique within the AS). Chosen once per run. */
final class RouterId {
    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private RouterId() {}

    /**
     * The node's internal IPv4 address, else the first IPv4 address of an interface, else a hash of the node's name.
     *
     * @param internal the Node object's InternalIP of IPv4
     * @param local addresses of the node's interfaces in their order
     */
    static Ip choose(Optional<Ip> internal, List<Ip> local, String node) {
        return Stream.concat(internal.stream(), local.stream())
                .filter(ip -> ip.family() == IpFamily.IPV4 && usable(ip.toV4Bits()))
                .findFirst()
                .orElseGet(() -> ofName(node));
    }

    /**
     * What each node with a speaker uses, as far as can be seen from here: which addresses the interfaces of others have
     * is not known, so one that has an internal address of IPv6 only is taken for one without any of IPv4.
     *
     * @param self this node
     * @param own this node's, which stays as it was chosen
     */
    static Map<String, Ip> ofAll(Inputs inputs, String self, Ip own) {
        Map<String, Ip> identifiers = new HashMap<>();
        for (String member : inputs.members()) {
            inputs.node(member)
                    .ifPresent(node -> identifiers.put(member, choose(node.internalV4(), List.of(), member)));
        }
        identifiers.put(self, own);
        return identifiers;
    }

    private static Ip ofName(String node) {
        int hash = FNV_OFFSET;
        do {
            for (byte b : node.getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ (b & 0xff)) * FNV_PRIME;
            }
        } while (!usable(hash));
        return Ip.ofV4(hash);
    }

    /** Old routers refuse 0/8, 127/8 and 224/3 as an identifier, as if it had to be an address of a host. */
    private static boolean usable(int bits) {
        int first = bits >>> 24;
        return first != 0 && first != 127 && first < 224;
    }
}
