package dev.clarion.bgp.bfd;

/**
 * What a session did since it was made.
 *
 * @param sent packets handed to the kernel
 * @param unsent packets that the kernel refused
 * @param received packets accepted
 * @param dropped packets that named the session and were discarded
 * @param ups how often it came up
 * @param downs how often it went from up to anything else
 * @param late how often a packet went more than half an interval later than it should
 * @param credits how often silence was not held against the peer because we had been late ourselves
 */
public record SessionCounters(
        long sent, long unsent, long received, long dropped, long ups, long downs, long late, long credits) {}
