package dev.clarion.bgp.bfd;

/** The counters of a session, on the engine's thread. */
final class SessionTally {
    long sent;
    long unsent;
    long received;
    long dropped;
    long ups;
    long downs;
    long late;
    long credits;

    SessionCounters snapshot() {
        return new SessionCounters(sent, unsent, received, dropped, ups, downs, late, credits);
    }
}
