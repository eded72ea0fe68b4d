/**
 * The speaker program: watches and liveness become a view, the decision makes an intent of it, the announcers carry
 * it out on the wire.
 */
@NullMarked
package dev.clarion.speaker;

import org.jspecify.annotations.NullMarked;
