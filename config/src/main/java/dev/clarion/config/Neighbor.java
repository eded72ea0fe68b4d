package dev.clarion.config;

import dev.clarion.net.Ip;

/** How a BGP peer is found. */
public sealed interface Neighbor {

    /**
     * At this address.
     *
     * @param ip of one router
     */
    record Address(Ip ip) implements Neighbor {
        @Override
        public String toString() {
            return ip.toString();
        }
    }

    /**
     * By its link-local address, on an interface with no other router (unnumbered peering).
     *
     * @param name of the interface on each node
     */
    record OnInterface(String name) implements Neighbor {
        @Override
        public String toString() {
            return name;
        }
    }
}
