package dev.clarion.arpndp;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Mac;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A network interface as it is now.
 *
 * @param name its name
 * @param index the kernel's index; another one under the same name is another interface
 * @param mac its link-layer address
 * @param up whether frames can pass: administratively up, and with carrier
 * @param addresses those it has in the kernel; other nodes' kernels are asked as one of them
 * @param gateways the next hops of default routes through it; they are told of owned addresses first
 */
public record L2Interface(String name, int index, Mac mac, boolean up, List<L2Address> addresses, Set<Ip> gateways) {

    /** Copies, so the interface never changes. */
    public L2Interface {
        addresses = List.copyOf(addresses);
        gateways = Set.copyOf(gateways);
    }

    /** One of which neither addresses nor gateways are known. */
    public L2Interface(String name, int index, Mac mac, boolean up) {
        this(name, index, mac, up, List.of(), Set.of());
    }

    /**
     * As whom another host of the segment is asked, such that no entry of anybody changes: one of this interface's own
     * addresses. Empty if there is none that fits; IPv4 hosts can be asked by nobody then.
     */
    Optional<Ip> sourceFor(Ip target) {
        Optional<Ip> neighbour = addresses.stream()
                .filter(own -> own.subnet().contains(target))
                .map(L2Address::ip)
                .findFirst();
        return target.family() == IpFamily.IPV4 ? neighbour : neighbour.or(this::anyIpv6);
    }

    private Optional<Ip> anyIpv6() {
        List<Ip> own = addresses.stream()
                .map(L2Address::ip)
                .filter(ip -> ip.family() == IpFamily.IPV6)
                .toList();
        return own.stream()
                .filter(Ip::isLinkLocal)
                .findFirst()
                .or(() -> own.stream().findFirst());
    }

    /** Whether neither the interface nor its link changed, whatever addresses it has. */
    boolean isSameLinkAs(L2Interface other) {
        return index == other.index && up == other.up && mac.equals(other.mac);
    }
}
