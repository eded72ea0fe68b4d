package dev.clarion.bgp.bfd.fsm;

import java.util.Optional;

/**
 * Our intervals, and how far the peer knows of them (RFC 5880 sections 6.5 and 6.8.3). A change is offered at once and
 * polled for; what could make the peer believe that we are gone, or us believe it of the peer, waits until the peer has
 * answered the poll.
 *
 * @param offered what our packets say
 * @param applied what we live by
 * @param polled what was offered when the poll began; empty if none is on
 */
public record Timing(Offer offered, Offer applied, Optional<Offer> polled) {

    static Timing of(Offer offer) {
        return new Timing(offer, offer, Optional.empty());
    }

    /**
     * Another offer.
     *
     * @param up whether the session is up: only then does anybody rely on the intervals
     * @param heard whether there is somebody to poll
     */
    Timing change(Offer offer, boolean up, boolean heard) {
        if (offer.equals(offered)) {
            return this;
        }
        Offer poll = up ? polled.orElse(offer) : offer;
        return new Timing(offer, up ? applied.cautious(offer) : offer, heard ? Optional.of(poll) : Optional.empty());
    }

    /** The peer answered a poll. What was offered after that poll began gets another one: the answer may be older. */
    Timing answered() {
        if (polled.isEmpty()) {
            return this;
        }
        Offer known = polled.get();
        return known.equals(offered) ? of(offered) : new Timing(offered, known.cautious(offered), Optional.of(offered));
    }

    /** There is nobody left who could answer. */
    Timing alone() {
        return of(offered);
    }
}
