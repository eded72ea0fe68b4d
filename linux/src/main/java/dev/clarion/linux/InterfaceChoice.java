package dev.clarion.linux;

import dev.clarion.net.Mac;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which interfaces lead to a segment with hosts: the masters (bonds, bridges, teams, VLAN devices, plain network cards),
 * and none of those that a node has for its containers. Kinds do not tell: a network card may be virtual, and a bridge
 * for containers is a bridge. So those are known by their names.
 *
 * @param excluded interfaces whose name one of these finds a match in are left out
 */
public record InterfaceChoice(List<Pattern> excluded) {

    private static final Mac NO_MAC = Mac.of(0);

    /** The names that container runtimes, overlays and Kubernetes' own parts give. */
    public static final InterfaceChoice DEFAULT = new InterfaceChoice(List.of(
            Pattern.compile(
                    "^(veth|cali|cilium|lxc|lxdbr|docker|podman|cbr|cni|virbr|vnet|flannel|weave|antrea|ovn|genev)"),
            Pattern.compile("^(br-[0-9a-f]{12}$|kube-|nodelocaldns|tunl|vxlan|dummy|ifb|wg|tailscale|lo$)")));

    /** Copies, so the choice never changes. */
    public InterfaceChoice {
        excluded = List.copyOf(excluded);
    }

    /** Why nothing is announced on an interface, the lasting reasons first; empty if it is suitable as it is now. */
    public Optional<Unsuitable> against(Link link) {
        if (link.loopback()) {
            return Optional.of(Unsuitable.LOOPBACK);
        }
        if (link.isPort()) {
            return Optional.of(Unsuitable.PORT);
        }
        if (link.noArp()) {
            return Optional.of(Unsuitable.NO_ARP);
        }
        if (!link.broadcast()) {
            return Optional.of(Unsuitable.NO_BROADCAST);
        }
        if (link.mac().equals(NO_MAC)) {
            return Optional.of(Unsuitable.NO_MAC);
        }
        if (excluded.stream().anyMatch(name -> name.matcher(link.name()).find())) {
            return Optional.of(Unsuitable.EXCLUDED);
        }
        if (!link.up()) {
            return Optional.of(Unsuitable.DOWN);
        }
        return link.carrier() ? Optional.empty() : Optional.of(Unsuitable.NO_CARRIER);
    }
}
