package dev.clarion.bgp.fsm;

import dev.clarion.bgp.wire.Open;
import java.util.Optional;

/**
 * What both sides said to be to each other (RFC 9234).
 *
 * @param ours what we said; empty for nothing
 * @param theirs what the peer said
 */
public record Roles(Optional<Role> ours, Optional<Role> theirs) {
    /** Nobody said anything. */
    public static final Roles NONE = new Roles(Optional.empty(), Optional.empty());

    static Roles of(Open ours, Open theirs) {
        return new Roles(said(ours), said(theirs));
    }

    private static Optional<Role> said(Open open) {
        return open.roles().size() == 1 ? open.roles().stream().findFirst().flatMap(Role::of) : Optional.empty();
    }
}
