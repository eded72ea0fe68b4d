package dev.clarion.bgp.fsm;

import dev.clarion.bgp.wire.Open;

/** A connection's state with the data that belongs to it. */
public sealed interface State {
    /** Before the start. */
    static State initial() {
        return new Idle(true);
    }

    /** The state without its data. */
    default FsmState kind() {
        return switch (this) {
            case Idle _ -> FsmState.IDLE;
            case Connect _ -> FsmState.CONNECT;
            case Active _ -> FsmState.ACTIVE;
            case OpenSent _ -> FsmState.OPEN_SENT;
            case OpenConfirm _ -> FsmState.OPEN_CONFIRM;
            case Established _ -> FsmState.ESTABLISHED;
        };
    }

    /** Whether there is a connection on which our OPEN has gone out. */
    default boolean connected() {
        return switch (this) {
            case Idle _, Connect _, Active _ -> false;
            case OpenSent _, OpenConfirm _, Established _ -> true;
        };
    }

    /**
     * No connection.
     *
     * @param stopped whether it stays so until started; otherwise the idle-hold timer runs
     */
    record Idle(boolean stopped) implements State {}

    /**
     * Dialling.
     *
     * @param failures attempts that failed since Idle
     */
    record Connect(int failures) implements State {}

    /**
     * Between two attempts to dial, or waiting for a peer that is not dialled.
     *
     * @param failures attempts that failed since Idle
     */
    record Active(int failures) implements State {}

    /**
     * Our OPEN is sent.
     *
     * @param ours that OPEN: it counts, not what the settings have become since
     * @param failures attempts that failed since Idle
     */
    record OpenSent(Open ours, int failures) implements State {}

    /**
     * Both OPENs are good.
     *
     * @param confirmed whether the peer has confirmed, too, and only another connection with it stands in the way
     */
    record OpenConfirm(Negotiated negotiated, boolean confirmed) implements State {}

    /** Up. */
    record Established(Negotiated negotiated) implements State {}
}
