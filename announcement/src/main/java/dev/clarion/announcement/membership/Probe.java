package dev.clarion.announcement.membership;

import dev.clarion.net.Ip;
import java.util.Optional;

/**
 * A kernel is to be asked, once, by ARP or a Neighbor Solicitation.
 *
 * @param node whose kernel
 * @param interfaceName on which of our interfaces; empty where the nodes share no segment: then the node's address is
 *     asked by whatever way leads there
 * @param address the address to ask for
 */
public record Probe(String node, Optional<String> interfaceName, Ip address) {}
