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
 * @param master the index of the bridge, bond or VRF it belongs to
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
        OptionalInt master,
        List<InterfaceAddress> addresses) {

    /** Copies, so the link never changes. */
    public Link {
        addresses = List.copyOf(addresses);
    }
}
