/**
 * What one BFD session does: its states, its timers and what it says (RFC 5880 section 6). Pure: time passes outside,
 * and jitter is thrown there.
 */
@NullMarked
package dev.clarion.bgp.bfd.fsm;

import org.jspecify.annotations.NullMarked;
