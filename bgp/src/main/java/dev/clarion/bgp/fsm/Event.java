package dev.clarion.bgp.fsm;

import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Notification;

/** What can happen to a session. */
public sealed interface Event {
    /** The session is wanted. */
    record Start() implements Event {}

    /** The session is no longer wanted. */
    record Stop(StopCause cause) implements Event {}

    /** TCP is connected: the dialled connection, or for a session that does not dial, the accepted one. */
    record Connected() implements Event {}

    /** Dialling failed. */
    record ConnectFailed(String why) implements Event {}

    /** The connection ended from outside. */
    record ConnectionLost(String why) implements Event {}

    /** A timer ran out. */
    record TimerExpired(TimerKind timer) implements Event {}

    /** A whole message arrived. */
    record Received(Message message) implements Event {}

    /** What arrived is no message, or must not be accepted; this is to be said to the peer. */
    record Malformed(Notification error) implements Event {}

    /** The peer's window is full: what we wrote stays with us. */
    record Blocked() implements Event {}

    /** The peer took all of what waited, or a part of it. */
    record Flowing(boolean all) implements Event {}

    /** Why a session is stopped, and so what the peer hears. */
    enum StopCause {
        /** Cease, administrative shutdown. */
        SHUTDOWN,
        /** Cease, peer deconfigured. */
        DECONFIGURED,
        /** Cease, other configuration change. */
        CONFIG_CHANGED,
        /** Cease, connection collision: another connection with the same peer is kept. */
        COLLISION,
        /** Nothing: TCP just ends. */
        RESTART
    }
}
