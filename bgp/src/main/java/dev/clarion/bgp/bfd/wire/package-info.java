/**
 * The BFD control packet (RFC 5880 section 4) between octets and values, and the rules by which a received one is
 * discarded. Pure.
 */
@NullMarked
package dev.clarion.bgp.bfd.wire;

import org.jspecify.annotations.NullMarked;
