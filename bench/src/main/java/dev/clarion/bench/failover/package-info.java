/**
 * The driver of {@code make bench-failover}: breaks the owner of an address in each of the ways of the failover table, in the lab, with the measuring
 * client asking every 5 ms and a capture of who says on the segment to have the address.
 */
@NullMarked
package dev.clarion.bench.failover;

import org.jspecify.annotations.NullMarked;
