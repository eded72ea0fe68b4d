package dev.clarion.bgp.fsm;

/** What a session may use because both sides offered it. */
public enum Feature {
    /** AS numbers of four octets in UPDATEs (RFC 6793). */
    FOUR_OCTET_AS,
    /** The peer may ask for all routes again (RFC 2918). */
    ROUTE_REFRESH,
    /** A refresh has a beginning and an end (RFC 7313). */
    ENHANCED_REFRESH,
    /** Messages of more than 4096 octets (RFC 8654). */
    EXTENDED_MESSAGE,
    /** IPv4 routes with IPv6 next hops (RFC 8950). */
    EXTENDED_NEXT_HOP,
    /** The peer keeps our routes while we restart (RFC 4724). */
    GRACEFUL_RESTART,
    /** It also does after a NOTIFICATION, unless that is a hard reset (RFC 8538). */
    GRACEFUL_NOTIFICATION,
    /** It keeps them still longer, as the least preferred ones (RFC 9494). */
    LONG_LIVED_RESTART
}
