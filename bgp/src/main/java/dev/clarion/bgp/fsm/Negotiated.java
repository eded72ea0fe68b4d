package dev.clarion.bgp.fsm;

import dev.clarion.bgp.wire.Agreement;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.GracefulRestart;
import dev.clarion.bgp.wire.Open;
import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What both OPENs together settle.
 *
 * @param holdTime the smaller of both offers; zero for none
 * @param agreement what their capabilities come to
 * @param peerRouterId the peer's BGP Identifier
 * @param peerAs its AS number
 * @param features what may be used
 * @param roles what both said to be to each other
 * @param peerRestarts whether the peer, too, may restart: a new connection from it then means that it did
 */
public record Negotiated(
        Duration holdTime,
        Agreement agreement,
        Ip peerRouterId,
        long peerAs,
        Set<Feature> features,
        Roles roles,
        boolean peerRestarts) {
    /** Takes a copy of the set. */
    public Negotiated {
        features = features.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(features));
    }

    static Negotiated of(FsmSettings settings, Open ours, Open theirs) {
        Agreement agreement = Agreement.of(ours, theirs);
        WireContext said = agreement.context();
        // An OPEN without capabilities cannot say a long AS number, so ours is not taken from it.
        WireContext context = new WireContext(
                said.fourOctetAs(), theirs.as() != settings.localAs(), said.extendedMessages(), said.enhancedRefresh());
        return new Negotiated(
                Duration.ofSeconds(Math.min(ours.holdTime(), theirs.holdTime())),
                new Agreement(context, agreement.families(), agreement.ipv4OverIpv6(), agreement.endOfRib()),
                theirs.routerId(),
                theirs.as(),
                features(ours, theirs),
                Roles.of(ours, theirs),
                theirs.gracefulRestart().map(GracefulRestart::families).stream().anyMatch(kept -> !kept.isEmpty()));
    }

    /** How messages are written and read. */
    public WireContext context() {
        return agreement.context();
    }

    /** Those whose routes both exchange, at least one. */
    public Set<Family> families() {
        return agreement.families();
    }

    private static Set<Feature> features(Open ours, Open theirs) {
        EnumSet<Feature> both = EnumSet.noneOf(Feature.class);
        for (Feature feature : Feature.values()) {
            if (offers(feature, ours) && offers(feature, theirs)) {
                both.add(feature);
            }
        }
        return both;
    }

    private static boolean offers(Feature feature, Open open) {
        return switch (feature) {
            case FOUR_OCTET_AS -> open.fourOctetAs();
            case ROUTE_REFRESH -> open.canRouteRefresh();
            case ENHANCED_REFRESH -> open.enhancedRefresh();
            case EXTENDED_MESSAGE -> open.extendedMessages();
            case EXTENDED_NEXT_HOP -> open.ipv4OverIpv6();
            case GRACEFUL_RESTART -> open.gracefulRestart().isPresent();
            case GRACEFUL_NOTIFICATION ->
                open.gracefulRestart().filter(GracefulRestart::notifications).isPresent();
            case LONG_LIVED_RESTART -> open.longLivedRestart().isPresent();
        };
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }
}
