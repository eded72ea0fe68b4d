package dev.clarion.bgp.fsm;

/** A session's state with the data that belongs to it. */
public sealed interface State {
    /** Before the start. */
    static State initial() {
        return new Idle(true, BackOff.START);
    }

    /** The wait after the next failure. */
    BackOff backOff();

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

    /**
     * No connection.
     *
     * @param stopped whether it stays so until started; otherwise the idle-hold timer runs
     */
    record Idle(boolean stopped, BackOff backOff) implements State {}

    /**
     * Dialling.
     *
     * @param failures attempts that failed since Idle
     */
    record Connect(BackOff backOff, int failures) implements State {}

    /**
     * Between two attempts to dial.
     *
     * @param failures attempts that failed since Idle, at least 1
     */
    record Active(BackOff backOff, int failures) implements State {}

    /** Our OPEN is sent. */
    record OpenSent(BackOff backOff) implements State {}

    /** Both OPENs are good. */
    record OpenConfirm(BackOff backOff, Negotiated negotiated) implements State {}

    /** Up. */
    record Established(BackOff backOff, Negotiated negotiated) implements State {}
}
