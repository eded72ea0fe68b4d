package dev.clarion.bgp.fsm;

import dev.clarion.bgp.wire.Agreement;
import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Bytes;
import dev.clarion.bgp.wire.Capability;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a peer's OPEN fits the configuration (RFC 4271 section 6.2, RFC 6286, RFC 7607, RFC 9234, RFC 5492 section 3). */
final class OpenCheck {
    private OpenCheck() {}

    /** Why an OPEN is not acceptable. */
    record Refusal(Notification notification, String detail) {}

    static Optional<Refusal> refusal(FsmSettings settings, Open ours, Open theirs) {
        if (theirs.myAs() == 0 || !settings.peerAs().allows(theirs.as(), settings.localAs())) {
            return refuse(
                    BgpError.BAD_PEER_AS,
                    "the peer's AS is " + theirs.as() + ", not "
                            + settings.peerAs().describe(settings.localAs()));
        }
        int hold = theirs.holdTime();
        if (hold == 1 || hold == 2 || hold < settings.times().leastHold().toSeconds()) {
            return refuse(BgpError.UNACCEPTABLE_HOLD_TIME, "the peer offers a hold time of " + hold + " s");
        }
        if (theirs.routerId().isUnspecified()) {
            return refuse(BgpError.BAD_BGP_IDENTIFIER, "the peer's BGP Identifier is 0.0.0.0");
        }
        if (theirs.as() == settings.localAs() && theirs.routerId().equals(settings.routerId())) {
            return refuse(
                    BgpError.BAD_BGP_IDENTIFIER, "the peer in our AS has our BGP Identifier " + settings.routerId());
        }
        Optional<Role> role = Roles.of(ours, theirs).ours();
        if (role.isPresent() && !fits(role.get(), theirs.roles())) {
            return refuse(
                    BgpError.ROLE_MISMATCH,
                    "we are " + role.get() + ", so the peer should be "
                            + role.get().counterpart() + ", and says " + words(theirs.roles()));
        }
        if (Agreement.of(ours, theirs).families().isEmpty()) {
            return Optional.of(new Refusal(
                    Notification.of(BgpError.UNSUPPORTED_CAPABILITY, wanted(settings)),
                    "the peer does not exchange " + names(settings)));
        }
        return Optional.empty();
    }

    /** A peer that says nothing fits (RFC 9234 section 4.2, without strict mode). */
    private static boolean fits(Role ours, Set<Integer> theirs) {
        return theirs.isEmpty() || theirs.equals(Set.of(ours.counterpart().number()));
    }

    private static String words(Set<Integer> roles) {
        return roles.stream()
                .sorted()
                .map(number -> Role.of(number).map(Role::toString).orElse("role " + number))
                .collect(Collectors.joining(" and "));
    }

    private static Bytes wanted(FsmSettings settings) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Family family : settings.families()) {
            all.writeBytes(new Capability.MultiProtocol(family).encoded().toArray());
        }
        return Bytes.of(all.toByteArray());
    }

    private static String names(FsmSettings settings) {
        return String.join(
                " or ", settings.families().stream().map(Family::toString).toList());
    }

    private static Optional<Refusal> refuse(BgpError error, String detail) {
        return Optional.of(new Refusal(Notification.of(error), detail));
    }
}
