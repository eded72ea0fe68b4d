package dev.clarion.bgp.wire;

/**
 * A fault in a received path attribute and what RFC 7606 section 2 wants done about it. Of several the strongest wins.
 */
public sealed interface AttributeFault {
    /** The type code of the attribute; 0 when the list of attributes itself is broken or lacks one. */
    int attribute();

    /** What is wrong, with the data that a NOTIFICATION for it carries (RFC 4271 section 6.3), should the session end. */
    Notification error();

    /** The attribute is ignored, the rest holds. */
    record Discard(int attribute, Notification error) implements AttributeFault {}

    /** The message's routes are taken as withdrawn, the session goes on. */
    record Withdraw(int attribute, Notification error) implements AttributeFault {}

    /** The session ends: what the message says cannot be known. */
    record Reset(int attribute, Notification error) implements AttributeFault {}
}
