/**
 * The driver of {@code make bench-bgp}: what BGP costs in time, loss and memory, in the lab against FRR, read from what was on the router's wire and
 * in its kernel.
 */
@NullMarked
package dev.clarion.bench.bgp;

import org.jspecify.annotations.NullMarked;
