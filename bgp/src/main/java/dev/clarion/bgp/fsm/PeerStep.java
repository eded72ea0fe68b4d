package dev.clarion.bgp.fsm;

import java.util.List;

/**
 * The outcome of an event for a peer.
 *
 * @param state where the peer stands now
 * @param changes what happened and why, in order; empty when nothing did that shows
 * @param deeds what to do, in order
 */
public record PeerStep(PeerState state, List<Change> changes, List<Deed> deeds) {
    /** Takes copies of the lists. */
    public PeerStep {
        changes = List.copyOf(changes);
        deeds = List.copyOf(deeds);
    }

    /** An action and the connection that it is about. */
    public record Deed(Link link, Action action) {}

    /**
     * A change of the peer's state, or an attempt that failed while the state stayed.
     *
     * @param from the peer's state before
     * @param to after
     * @param reason why
     * @param detail the reason's facts, for people; possibly empty
     */
    public record Change(FsmState from, FsmState to, BgpReason reason, String detail) {}
}
