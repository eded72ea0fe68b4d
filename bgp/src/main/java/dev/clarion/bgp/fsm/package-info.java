/**
 * The BGP finite state machine (RFC 4271 section 8) as a pure function: a state and an event give the next state, why,
 * and a list of actions. Sockets, clocks and randomness are outside; a timer that ran out comes in as an event.
 */
@NullMarked
package dev.clarion.bgp.fsm;

import org.jspecify.annotations.NullMarked;
