/**
 * Connections that survive planned moves: the thread between ownership, which says what moves, and the kernel, which
 * knows the connections. See docs/decisions/0007-flows.md.
 */
@NullMarked
package dev.clarion.speaker.flows;

import org.jspecify.annotations.NullMarked;
