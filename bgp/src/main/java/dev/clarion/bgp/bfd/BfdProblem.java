package dev.clarion.bgp.bfd;

/** What keeps a session from what its configuration asks for. A metric label, so the names stay as they are. */
public enum BfdProblem {
    /** The UDP port of BFD is another program's: sessions of this kind hear nothing. */
    PORT_TAKEN(
            "another program of this node has the BFD port (a router's bfdd, another speaker): end it, or peer without"
                    + " a BFD profile"),
    /** The kernel refuses the socket on which packets come. */
    NOT_LISTENING("the kernel refuses the socket to receive on"),
    /** The interface does not exist. */
    INTERFACE_MISSING("there is no such network interface on this node"),
    /** The local address is on no interface. */
    LOCAL_ADDRESS_MISSING("no interface of this node has the session's local address"),
    /** The kernel refuses the socket from which packets go. */
    NOT_SENDING("the kernel refuses the socket to send from"),
    /** Packets cannot be sent at the moment. */
    SEND_FAILED("packets do not leave the node: no route, or the interface is down"),
    /** Another session of this engine has the same two ends, and works for both. */
    DUPLICATE("another session has the same peer and the same local end"),
    /** Echo mode is asked for, and not done; the session works without. */
    ECHO_UNSUPPORTED("echo mode is not supported: the session runs in asynchronous mode, with the same detection time"
            + " if the intervals are set to those of the echo");

    private final String text;

    BfdProblem(String text) {
        this.text = text;
    }

    /** The problem in words that tell what to do. */
    public String text() {
        return text;
    }
}
