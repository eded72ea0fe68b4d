package dev.clarion.config;

/** What our nodes are to a router of another AS, in terms of who sells transit to whom (RFC 9234). */
public enum PeerRole {
    /** The router's AS sells transit to ours. */
    CUSTOMER("customer"),
    /** Ours sells transit to the router's. */
    PROVIDER("provider"),
    /** Neither does. */
    PEER("peer"),
    /** Our nodes are a route server. */
    RS("rs"),
    /** The router is a route server. */
    RS_CLIENT("rs-client");

    private final String text;

    PeerRole(String text) {
        this.text = text;
    }

    /** As configurations write it. */
    public String text() {
        return text;
    }
}
