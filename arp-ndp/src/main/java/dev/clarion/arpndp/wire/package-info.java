/**
 * Bytes and messages: Ethernet II, ARP (RFC 826) and the two neighbour messages of NDP (RFC 4861 sections 4.3 and 4.4).
 * Each element has a {@code check}, which trusts no length and names the first defect, a {@code read} for bytes that
 * passed it, and the encoder beside them. Pure: bytes in, values out.
 */
@NullMarked
package dev.clarion.arpndp.wire;

import org.jspecify.annotations.NullMarked;
