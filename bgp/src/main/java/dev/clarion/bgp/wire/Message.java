package dev.clarion.bgp.wire;

/** A BGP message. */
public sealed interface Message permits Open, Update, Notification, Keepalive, RouteRefresh {
    /** Its type. */
    MessageType type();

    /** Its octets, header included. */
    byte[] encode(WireContext context);
}
