package dev.clarion.speaker;

/** What is not right about a peer of the configuration, though this node has its session. */
enum PeerWarning {
    /** Another node says that it is the same router as this one (RFC 6286 section 2.1). */
    SHARED_IDENTIFIER(
            "the router hears BGP identifier %s, which should be unique within the AS, of other nodes too: %s;"
                    + " give each node its own: leave routerID out, or write a peer with a routerID for each node");

    private final String text;

    PeerWarning(String text) {
        this.text = text;
    }

    /** In words, with its facts. */
    String text(Object... facts) {
        return text.formatted(facts);
    }
}
