package dev.clarion.bgp.fsm;

/** Why a session changed its state, or did not get further. A metric label, so the names stay as they are. */
public enum BgpReason {
    /** The configuration asks for the session. */
    STARTED,
    /** A wait is over (back-off or connect retry): the next attempt begins. */
    RETRYING,
    /** TCP is connected, our OPEN is on its way. */
    CONNECTED,
    /** The peer's OPEN was accepted. */
    OPEN_ACCEPTED,
    /** The peer confirmed with a KEEPALIVE. */
    ESTABLISHED,
    /** Nothing changed that the state shows: timers, keepalives, routes. */
    UNCHANGED,
    /** TCP could not be connected. */
    CONNECT_FAILED,
    /** TCP was not connected within the connect-retry time. */
    CONNECT_TIMED_OUT,
    /** The interface that the peer is on, or the VRF, is not there. */
    NO_INTERFACE,
    /** No router has been heard on the interface that the peer is on. */
    NO_NEIGHBOR,
    /** Several routers are on the interface that the peer is on, so which one is meant is anybody's guess. */
    SEVERAL_NEIGHBORS,
    /** The kernel does not sign segments, or not with this password; without signatures nothing is sent. */
    PASSWORD_REFUSED,
    /** The kernel does not do something else that the configuration asks of the socket. */
    SOCKET_REFUSED,
    /** The peer, or the network, closed the connection without a NOTIFICATION. */
    CONNECTION_LOST,
    /** The peer sent a NOTIFICATION; the detail says which. */
    NOTIFICATION_RECEIVED,
    /** The peer sent something that is not BGP-4, or not allowed; it got a NOTIFICATION. */
    PROTOCOL_ERROR,
    /** The peer's OPEN does not fit the configuration (AS number, identifier, hold time, address family). */
    OPEN_REFUSED,
    /** The peer sent a message that this state does not allow (RFC 6608). */
    UNEXPECTED_MESSAGE,
    /** Nothing was heard from the peer for the hold time. */
    HOLD_TIMER_EXPIRED,
    /** The peer took no bytes for the send-hold time (RFC 9687). */
    SEND_HOLD_TIMER_EXPIRED,
    /** Of two connections with the same peer this one had to go (RFC 4271 section 6.8). */
    COLLISION,
    /** BFD saw the path to the peer fail (RFC 9384). */
    BFD_DOWN,
    /** The peer opened a new connection while the old one seemed well: it has restarted (RFC 4724 section 5). */
    PEER_RESTARTED,
    /** Somebody asked for a new session. */
    ADMIN_RESET,
    /** Stopped for good: withdrawn and Cease sent. */
    SHUT_DOWN,
    /** The peer is no longer configured. */
    DECONFIGURED,
    /** The peer's settings changed in a way that needs a new session. */
    CONFIG_CHANGED,
    /** We are restarting: TCP is closed without a NOTIFICATION. */
    RESTARTING
}
