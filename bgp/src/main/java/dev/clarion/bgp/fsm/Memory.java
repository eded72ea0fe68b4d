package dev.clarion.bgp.fsm;

/**
 * What outlives a peer's connections.
 *
 * @param backOff how often it failed lately
 * @param concession what the peer must not be told
 * @param restarted whether this process follows one that the peer had a session with, and there has been none since
 *     (R bit of RFC 4724)
 * @param preserved whether the kernel forwards as it did when the last session ended (F bit)
 */
public record Memory(BackOff backOff, Concession concession, boolean restarted, boolean preserved) {
    /** Of a process that is the first one. */
    public static final Memory FIRST_START = new Memory(BackOff.START, Concession.NONE, false, false);

    /** Of a process that follows another one without the kernel having noticed. */
    public static final Memory RESTARTED = new Memory(BackOff.START, Concession.NONE, true, true);

    Memory failed() {
        return new Memory(backOff.grown(), concession, restarted, preserved);
    }

    Memory forgiven() {
        return new Memory(BackOff.START, concession, restarted, preserved);
    }

    Memory conceding(Concession more) {
        return new Memory(backOff, more, restarted, preserved);
    }

    /** After a session came up: the restart is over, and the kernel forwards for as long as we live. */
    Memory established() {
        return new Memory(backOff, concession, false, true);
    }

    /** After somebody asked for a fresh start. */
    Memory cleared() {
        return new Memory(BackOff.START, Concession.NONE, restarted, preserved);
    }
}
