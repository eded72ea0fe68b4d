package dev.clarion.bgp.interop;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Optional;

/** A routing daemon as a router: what its operator would do and see. */
interface Router {
    /** Writes the configuration and starts the daemon. */
    void start(Terms terms);

    /** Gives the running daemon another configuration. */
    void reload(Terms terms);

    /** SIGTERM: it may say goodbye. Returns when it is gone. */
    void stop();

    /** SIGKILL. Returns when it is gone. */
    void kill();

    /** Whether it takes the session with us to be up. */
    boolean established(Terms.Neighbour neighbour);

    /** What it has from us for a prefix. */
    Optional<SeenRoute> route(Prefix prefix);

    /** By how much its kernel uses each way to a prefix, sorted; empty for one way, or where it does not say. */
    default List<Integer> shares(Prefix prefix) {
        return List.of();
    }

    /** How many prefixes it has from us in a session. */
    int received(Terms.Neighbour neighbour);

    /** How many prefixes it has announced to us in a session. */
    int sent(Terms.Neighbour neighbour);

    /** Announces {@link Flood} in the IPv4 session. */
    void flood();

    /** Asks us for all routes again (RFC 2918). */
    void refresh(Terms.Neighbour neighbour);

    /** Ends the session, with a message to us (RFC 9003), and keeps it down if it can do both. */
    void shutDown(Terms.Neighbour neighbour, String message);

    /** Lets the session come back. */
    void bringUp(Terms.Neighbour neighbour);

    /** Everything that it logged or would show about the last end of a session. */
    String lastWords(Terms.Neighbour neighbour);

    /** Whether its BFD session with that address is up. */
    boolean bfdUp(Ip address);

    /** What it shows of BFD, for people. */
    String bfdSessions();

    /** Its log, for people. */
    String log();
}
