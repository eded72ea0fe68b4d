package dev.clarion.bgp.fsm;

import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Notification;

/** What can happen to a connection, or to the peer that it is with. */
public sealed interface Event {
    /** Sessions with the peer are wanted. */
    record Start() implements Event {}

    /**
     * Something is no longer wanted.
     *
     * @param words for the people at the other end, possibly empty; only a shutdown carries them
     */
    record Stop(StopCause cause, String words) implements Event {}

    /** Whatever there is ends, all that was learned of the peer is forgotten, and it begins anew. */
    record Reset(String words) implements Event {}

    /** Timers have been set to other times. */
    record Retimed() implements Event {}

    /** TCP is connected: the dialled connection, or the accepted one. */
    record Connected() implements Event {}

    /**
     * Dialling failed.
     *
     * @param reason what kind of obstacle there was
     */
    record ConnectFailed(BgpReason reason, String why) implements Event {}

    /** The connection ended from outside. */
    record ConnectionLost(String why) implements Event {}

    /** The peer opened another connection instead of this one, since it has restarted. */
    record Superseded() implements Event {}

    /** Another protocol saw the path to the peer fail (RFC 5882). */
    record BfdDown(String why) implements Event {}

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

    /** Why something is stopped, and so what the peer hears. */
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
