package dev.clarion.bgp;

import dev.clarion.net.Ip;

/** Where a peer is found. */
public sealed interface PeerPlace {
    /**
     * At an address. A link-local one says nothing without the interface that it is on, which is then the
     * configuration's device.
     */
    record Address(Ip ip) implements PeerPlace {}

    /**
     * On an interface, whoever the one router there is: its link-local address is learned from its router advertisements
     * ("unnumbered" peering, RFC 4861).
     *
     * @param name the interface as the kernel calls it
     */
    record Interface(String name) implements PeerPlace {
        /** Throws IllegalArgumentException when the kernel would take no such name. */
        public Interface {
            Device.check(name);
        }
    }
}
