/**
 * Controllers under a simulated API server, clock and user: every order of events that a seed can bring about, with
 * lost answers, stale watches and crashes, and what must hold after each single step.
 */
@NullMarked
package dev.clarion.simulation;

import org.jspecify.annotations.NullMarked;
