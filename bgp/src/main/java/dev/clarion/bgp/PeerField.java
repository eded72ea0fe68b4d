package dev.clarion.bgp;

import dev.clarion.bgp.fsm.PeerTimes;
import java.util.List;

/** What can be changed about a peer, and what a change needs. The table of docs/bgp.md is compared with this. */
public enum PeerField {
    /** Its address or interface. */
    PLACE(Need.RESET),
    /** Its port. */
    PORT(Need.RESET),
    /** Our AS number. */
    LOCAL_AS(Need.RESET),
    /** Its AS number, or which it may have. */
    PEER_AS(Need.RESET),
    /** Our BGP Identifier. */
    ROUTER_ID(Need.RESET),
    /** Our address. */
    LOCAL_ADDRESS(Need.RESET),
    /** The VRF or interface. */
    DEVICE(Need.RESET),
    /** The address families. */
    FAMILIES(Need.RESET),
    /** IPv6 next hops of IPv4 routes. */
    EXTENDED_NEXT_HOP(Need.RESET),
    /** What we are to it. */
    ROLE(Need.RESET),
    /** Whether there is a password: a connection that began without stays without. */
    SIGNED(Need.RESET),
    /** Another password: the open connection and the listener get it together, and the hold time is the peer's chance. */
    PASSWORD(Need.LIVE),
    /** TTL, or TTL security. */
    REACH(Need.LIVE),
    /** The hold time that we offer. */
    HOLD_TIME(Need.NEXT_OPEN),
    /** The least hold time that we take. */
    LEAST_HOLD_TIME(Need.NEXT_OPEN),
    /** The time between KEEPALIVEs. */
    KEEPALIVE_TIME(Need.LIVE),
    /** The time for and between attempts to connect. */
    CONNECT_TIME(Need.LIVE),
    /** How long the peer may take nothing. */
    SEND_HOLD_TIME(Need.LIVE),
    /** The waits after failures, and when they are forgiven. */
    BACK_OFF(Need.LIVE),
    /** Whether we dial. */
    PASSIVE(Need.LIVE),
    /** Graceful restart and its times. */
    RESTART(Need.NEXT_OPEN),
    /** The BFD profile. */
    BFD_PROFILE(Need.LIVE);

    private final Need need;

    PeerField(Need need) {
        this.need = need;
    }

    /** What a change of this field needs. */
    public Need need() {
        return need;
    }

    boolean differs(PeerConfig one, PeerConfig other) {
        return !value(one).equals(value(other));
    }

    private Object value(PeerConfig config) {
        return switch (this) {
            case PLACE -> config.place();
            case PORT -> config.port();
            case LOCAL_AS -> config.localAs();
            case PEER_AS -> config.peerAs();
            case ROUTER_ID -> config.routerId();
            case LOCAL_ADDRESS -> config.localAddress();
            case DEVICE -> config.device();
            case FAMILIES -> config.families();
            case EXTENDED_NEXT_HOP -> config.extendedNextHop();
            case ROLE -> config.role();
            case SIGNED -> config.password().isPresent();
            case PASSWORD -> config.password().isPresent() ? config.password() : List.of();
            case REACH -> config.reach();
            case HOLD_TIME -> config.times().hold();
            case LEAST_HOLD_TIME -> config.times().leastHold();
            case KEEPALIVE_TIME -> config.times().keepalive();
            case CONNECT_TIME -> config.times().connectRetry();
            case SEND_HOLD_TIME -> config.times().sendHold();
            case BACK_OFF -> backOff(config.times());
            case PASSIVE -> config.passive();
            case RESTART -> config.restart();
            case BFD_PROFILE -> config.bfdProfile();
        };
    }

    private static Object backOff(PeerTimes times) {
        return List.of(times.firstBackOff(), times.longestBackOff(), times.stable());
    }
}
