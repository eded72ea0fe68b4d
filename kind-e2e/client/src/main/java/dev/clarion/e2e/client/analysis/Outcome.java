package dev.clarion.e2e.client.analysis;

/** What became of one request. */
public enum Outcome {
    /** Answered within {@link Sample#LATE_NANOS}. */
    OK(true),
    /** Answered, but later than {@link Sample#LATE_NANOS}. */
    LATE(true),
    /** No answer at all. */
    LOST(false),
    /** The target, or a box on the way, said that nothing listens there (RST to a SYN, ICMP port unreachable). */
    REFUSED(false),
    /** The connection that carried it was reset before the answer. */
    RESET(false),
    /** The connection that carried it was closed in order (FIN) before the answer. */
    CLOSED(false),
    /** The client's own kernel could not send it, or was told that there is no way. */
    UNREACHABLE(false),
    /** Never sent, because the client itself was more than an interval late: says nothing about the network. */
    SKIPPED(false);

    private final boolean answered;

    Outcome(boolean answered) {
        this.answered = answered;
    }

    /** An answer came. */
    public boolean answered() {
        return answered;
    }

    /** It was sent and no answer came: what a user of the address would have lost. */
    public boolean failed() {
        return !answered && this != SKIPPED;
    }
}
