package dev.clarion.bgp.fsm;

import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Bytes;
import dev.clarion.bgp.wire.Capability;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import java.util.Optional;

/** Whether a peer's OPEN fits the configuration (RFC 4271 section 6.2, RFC 6286, RFC 7607, RFC 5492 section 3). */
final class OpenCheck {
    private OpenCheck() {}

    /** Why an OPEN is not acceptable. */
    record Refusal(Notification notification, String detail) {}

    static Optional<Refusal> refusal(FsmSettings settings, Open open) {
        if (open.myAs() == 0 || !settings.peerAs().allows(open.as(), settings.localAs())) {
            return refuse(
                    BgpError.BAD_PEER_AS,
                    "the peer's AS is " + open.as() + ", not "
                            + settings.peerAs().describe(settings.localAs()));
        }
        if (open.holdTime() == 1 || open.holdTime() == 2) {
            return refuse(BgpError.UNACCEPTABLE_HOLD_TIME, "the peer offers a hold time of " + open.holdTime() + " s");
        }
        if (open.routerId().isUnspecified()) {
            return refuse(BgpError.BAD_BGP_IDENTIFIER, "the peer's BGP Identifier is 0.0.0.0");
        }
        if (settings.localAs() == open.as() && open.routerId().equals(settings.routerId())) {
            return refuse(
                    BgpError.BAD_BGP_IDENTIFIER, "the peer in our AS has our BGP Identifier " + settings.routerId());
        }
        if (!open.families().contains(settings.family())) {
            Bytes wanted = new Capability.MultiProtocol(settings.family()).encoded();
            return Optional.of(new Refusal(
                    Notification.of(BgpError.UNSUPPORTED_CAPABILITY, wanted),
                    "the peer does not exchange " + settings.family()));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuse(BgpError error, String detail) {
        return Optional.of(new Refusal(Notification.of(error), detail));
    }
}
