/**
 * Answers ARP requests and neighbour solicitations for the addresses a node owns, and announces them (RFC 826, RFC
 * 4861, RFC 5227), on pcap4j. Knows nothing of Kubernetes.
 */
@NullMarked
package dev.clarion.arpndp;

import org.jspecify.annotations.NullMarked;
