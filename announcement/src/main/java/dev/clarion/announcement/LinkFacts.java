package dev.clarion.announcement;

import dev.clarion.net.Prefix;
import java.util.List;

/**
 * An interface of this node.
 *
 * @param name its name, for instance {@code eth1}
 * @param networks the networks of its addresses, without link-local ones and without those of a single address
 * @param usable it is up with carrier, speaks ARP and NDP, and is no port of a bridge or bond
 */
public record LinkFacts(String name, List<Prefix> networks, boolean usable) {
    public LinkFacts {
        networks = List.copyOf(networks);
    }
}
