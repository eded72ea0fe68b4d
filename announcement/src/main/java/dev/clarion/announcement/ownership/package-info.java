/**
 * Who owns which address at layer 2. {@link dev.clarion.announcement.ownership.Ownership} is the whole of it as one pure
 * step: an event and the time go in, the next state, what to do, and what to answer for come out. Around it a shell with
 * sockets, timers and frames.
 */
@NullMarked
package dev.clarion.announcement.ownership;

import org.jspecify.annotations.NullMarked;
