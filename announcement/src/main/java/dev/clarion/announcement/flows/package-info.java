/**
 * Connections that survive when their address moves to another node: the set of them, how it is told to the new owner in
 * parts that may be lost or come twice, and what of it the new owner takes. See docs/decisions/0007-flows.md. Pure.
 */
@NullMarked
package dev.clarion.announcement.flows;

import org.jspecify.annotations.NullMarked;
