package dev.clarion.bgp;

/**
 * What a peer's sessions have counted since the peer was configured. Only grows.
 *
 * @param messagesSent messages of every type handed to TCP
 * @param messagesReceived whole and well-formed messages of every type
 * @param updatesSent UPDATE messages among those sent
 * @param updatesReceived UPDATE messages among those received; their routes are not used
 * @param prefixesAnnounced prefixes in the UPDATEs sent, with repetitions
 * @param prefixesWithdrawn prefixes withdrawn by the UPDATEs sent
 * @param faults faults in received UPDATEs that did not end the session (RFC 7606)
 * @param sessionsEstablished how often the session came up
 * @param sessionsLost how often it went down again
 */
public record PeerCounters(
        long messagesSent,
        long messagesReceived,
        long updatesSent,
        long updatesReceived,
        long prefixesAnnounced,
        long prefixesWithdrawn,
        long faults,
        long sessionsEstablished,
        long sessionsLost) {}
