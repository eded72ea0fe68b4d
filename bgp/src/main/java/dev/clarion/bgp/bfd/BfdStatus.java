package dev.clarion.bgp.bfd;

import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.Diagnostic;
import dev.clarion.bgp.bfd.wire.Discard;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The engine at one moment.
 *
 * @param sessions every session that is wanted, in the order of the wish
 * @param dropped received packets that belonged to no session or broke a rule, by reason; without those never seen
 * @param lateness how late the thread ran
 * @param scheduling how the thread is scheduled
 * @param listenerFailures how often the listener threw
 */
public record BfdStatus(
        List<Session> sessions,
        Map<Discard, Long> dropped,
        Lateness lateness,
        Scheduling scheduling,
        long listenerFailures) {

    /** Copies, so that the status never changes. */
    public BfdStatus {
        sessions = List.copyOf(sessions);
        dropped = Map.copyOf(dropped);
    }

    /**
     * How the thread is scheduled.
     *
     * @param realTime whether before everything ordinary
     * @param text the same in words; if not in real time, why and what to do
     */
    public record Scheduling(boolean realTime, String text) {}

    /**
     * One session.
     *
     * @param key the owner's name for it
     * @param peer with whom
     * @param state our state
     * @param remoteState the peer's; DOWN while it is not heard
     * @param discriminator our name for it
     * @param remoteDiscriminator the peer's; 0 while it is not heard
     * @param transmit the interval in which we send, before jitter; zero if no periodic packets are sent
     * @param receive the interval in which the peer is to be heard; zero while it is not
     * @param detection how long the peer may be silent; zero while it is not heard
     * @param remoteMultiplier the peer's multiplier; 0 while it is not heard
     * @param lastDiagnostic why it last went down; empty if it never did
     * @param remoteDiagnostic what the peer says about its last change
     * @param sourcePort the UDP port that it sends from; empty without a socket
     * @param polling whether new intervals wait for the peer's answer
     * @param problems what keeps it from what its configuration asks for
     * @param counters what it did
     */
    public record Session(
            String key,
            Ip peer,
            BfdState state,
            BfdState remoteState,
            int discriminator,
            int remoteDiscriminator,
            Duration transmit,
            Duration receive,
            Duration detection,
            int remoteMultiplier,
            Optional<Diagnostic> lastDiagnostic,
            Diagnostic remoteDiagnostic,
            Optional<Integer> sourcePort,
            boolean polling,
            Set<BfdProblem> problems,
            SessionCounters counters) {

        /** Copies, so that the status never changes. */
        public Session {
            problems = Set.copyOf(problems);
        }
    }
}
