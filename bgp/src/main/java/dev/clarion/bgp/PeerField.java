package dev.clarion.bgp;

import dev.clarion.bgp.fsm.PeerTimes;
import java.util.List;
import java.util.function.Function;

/** What can be changed about a peer, and what a change needs. The table of docs/bgp.md is compared with this. */
public enum PeerField {
    /** Its address or interface. */
    PLACE(Need.RESET, PeerConfig::place),
    /** Its port. */
    PORT(Need.RESET, PeerConfig::port),
    /** Our AS number. */
    LOCAL_AS(Need.RESET, PeerConfig::localAs),
    /** Its AS number, or which it may have. */
    PEER_AS(Need.RESET, PeerConfig::peerAs),
    /** Our BGP Identifier. */
    ROUTER_ID(Need.RESET, PeerConfig::routerId),
    /** Our address. */
    LOCAL_ADDRESS(Need.RESET, PeerConfig::localAddress),
    /** The VRF or interface. */
    DEVICE(Need.RESET, PeerConfig::device),
    /** The address families. */
    FAMILIES(Need.RESET, PeerConfig::families),
    /** IPv6 next hops of IPv4 routes. */
    EXTENDED_NEXT_HOP(Need.RESET, PeerConfig::extendedNextHop),
    /** Whether there is a password: a connection that began without stays without. */
    SIGNED(Need.RESET, config -> config.password().isPresent()),
    /** Another password: the open connection and the listener get it together, and the hold time is the peer's chance. */
    PASSWORD(Need.LIVE, config -> config.password().isPresent() ? config.password() : List.of()),
    /** TTL, or TTL security. */
    REACH(Need.LIVE, PeerConfig::reach),
    /** The hold time that we offer. */
    HOLD_TIME(Need.NEXT_OPEN, config -> config.times().hold()),
    /** The least hold time that we take. */
    LEAST_HOLD_TIME(Need.NEXT_OPEN, config -> config.times().leastHold()),
    /** The time between KEEPALIVEs. */
    KEEPALIVE_TIME(Need.LIVE, config -> config.times().keepalive()),
    /** The time for and between attempts to connect. */
    CONNECT_TIME(Need.LIVE, config -> config.times().connectRetry()),
    /** How long the peer may take nothing. */
    SEND_HOLD_TIME(Need.LIVE, config -> config.times().sendHold()),
    /** The waits after failures, and when they are forgiven. */
    BACK_OFF(Need.LIVE, config -> backOff(config.times())),
    /** Whether we dial. */
    PASSIVE(Need.LIVE, PeerConfig::passive),
    /** Graceful restart and its times. */
    RESTART(Need.NEXT_OPEN, PeerConfig::restart),
    /** The BFD profile. */
    BFD_PROFILE(Need.LIVE, PeerConfig::bfdProfile);

    private final Need need;
    private final Function<PeerConfig, Object> value;

    PeerField(Need need, Function<PeerConfig, Object> value) {
        this.need = need;
        this.value = value;
    }

    /** What a change of this field needs. */
    public Need need() {
        return need;
    }

    boolean differs(PeerConfig one, PeerConfig other) {
        return !value.apply(one).equals(value.apply(other));
    }

    private static Object backOff(PeerTimes times) {
        return List.of(times.firstBackOff(), times.longestBackOff(), times.stable());
    }
}
