/**
 * What to answer and when to announce, as pure functions and values: frames, ownership and points of time come in,
 * frames or a reason come out. Nothing here reads a clock or sends.
 */
@NullMarked
package dev.clarion.arpndp.fsm;

import org.jspecify.annotations.NullMarked;
