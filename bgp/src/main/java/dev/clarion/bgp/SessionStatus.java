package dev.clarion.bgp;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.TimerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The truth about a peer's session, beyond its state.
 *
 * @param reason why it is in its state
 * @param agreement what both sides agreed on, once they did
 * @param timers the timers that run, and when they run out from now
 * @param lastSent the last NOTIFICATION that we sent
 * @param lastReceived the last one that the peer sent
 * @param socket what the kernel does for the connection
 * @param failures how many failures make the wait between attempts longer
 * @param concession what we leave out of our OPEN since the peer could not stand it; empty for nothing
 * @param pending settings that come into force with the next OPEN
 * @param bfd what BFD says
 * @param restart whether the peer was told that we have restarted, and why, or why not
 */
public record SessionStatus(
        BgpReason reason,
        Optional<Agreed> agreement,
        Map<TimerKind, Duration> timers,
        Optional<Said> lastSent,
        Optional<Said> lastReceived,
        SocketFacts socket,
        int failures,
        String concession,
        Set<PeerField> pending,
        BfdState bfd,
        RestartVerdict restart) {
    /** Takes copies of map and set. */
    public SessionStatus {
        timers = Map.copyOf(timers);
        pending = Set.copyOf(pending);
    }

    /**
     * A NOTIFICATION in words: "administrative shutdown (6/2): moving to rack 7".
     *
     * @param at when it was said
     */
    public record Said(String words, Instant at) {}
}
