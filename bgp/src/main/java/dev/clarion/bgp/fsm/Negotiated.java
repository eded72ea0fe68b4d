package dev.clarion.bgp.fsm;

import dev.clarion.bgp.wire.Agreement;
import dev.clarion.bgp.wire.Open;
import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import java.time.Duration;

/**
 * What both OPENs together settle.
 *
 * @param holdTime the smaller of both offers; zero for none
 * @param agreement what their capabilities come to
 * @param peerRouterId the peer's BGP Identifier
 */
public record Negotiated(Duration holdTime, Agreement agreement, Ip peerRouterId) {
    static Negotiated of(FsmSettings settings, Open open) {
        Duration theirs = Duration.ofSeconds(open.holdTime());
        Duration holdTime = theirs.compareTo(settings.times().hold()) < 0
                ? theirs
                : settings.times().hold();
        return new Negotiated(holdTime, Agreement.of(settings.open(), open), open.routerId());
    }

    /** How messages are written and read. */
    public WireContext context() {
        return agreement.context();
    }

    /** A third of the hold time (RFC 4271 section 4.4). */
    Duration keepaliveTime() {
        return holdTime.dividedBy(3);
    }

    /** How long the peer may take no bytes at all (RFC 9687 section 3 would have eight minutes; two hold times do). */
    Duration sendHoldTime() {
        return holdTime.isZero() ? Duration.ofMinutes(8) : holdTime.multipliedBy(2);
    }
}
