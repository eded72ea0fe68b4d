package dev.clarion.linux;

import dev.clarion.net.Mac;
import java.util.List;
import java.util.OptionalInt;

/**
 * A network interface as the kernel showed it at one moment.
 *
 * @param index the kernel's index, from 1 on; never used twice while the node runs
 * @param name its name
 * @param mac its link-layer address; all zero where it has none of six bytes (tunnels, loopback)
 * @param up administratively up
 * @param carrier up, and with a signal
 * @param loopback the loopback interface
 * @param noArp an interface without ARP and NDP
 * @param broadcast whether all hosts of its link can be reached at once
 * @param master the index of the bridge, bond, team or VRF it belongs to
 * @param kind what kind of device it is, as {@code ip -d link} says: bridge, bond, team, vlan, veth, ...; empty for
 *     hardware
 * @param masterKind of which kind its master is; empty if it has none
 * @param addresses its own addresses
 */
public record Link(
        int index,
        String name,
        Mac mac,
        boolean up,
        boolean carrier,
        boolean loopback,
        boolean noArp,
        boolean broadcast,
        OptionalInt master,
        String kind,
        String masterKind,
        List<InterfaceAddress> addresses) {

    /** Copies, so the link never changes. */
    public Link {
        addresses = List.copyOf(addresses);
    }

    /**
     * Whether it is a port of another interface (bridge, bond, team), which then sends and receives in its place. An
     * interface in a VRF is none: only its routes are elsewhere.
     */
    public boolean isPort() {
        return master.isPresent() && !masterKind.equals("vrf");
    }
}
