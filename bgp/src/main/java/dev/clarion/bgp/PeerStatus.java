package dev.clarion.bgp;

import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A peer as it is.
 *
 * @param name the peer's name in the intent
 * @param address the peer's address; empty for one that is found by its interface, until it is
 * @param state the state of its session
 * @param since when the session entered that state
 * @param localAddress our end of the session, once TCP is connected
 * @param sent the prefixes that the peer has from us
 * @param unsendable the wanted prefixes that a session which is up cannot carry, and why
 * @param lastError why the last attempt or session failed, for people; empty if none ever did
 * @param counters what was counted
 * @param session what else there is to know about its session
 */
public record PeerStatus(
        String name,
        Optional<Ip> address,
        FsmState state,
        Instant since,
        Optional<Ip> localAddress,
        Set<Prefix> sent,
        Map<Prefix, Unsendable> unsendable,
        Optional<String> lastError,
        PeerCounters counters,
        SessionStatus session) {
    /** The prefixes of one family that the peer has from us. */
    public Set<Prefix> sent(IpFamily family) {
        return sent.stream().filter(prefix -> prefix.family() == family).collect(Collectors.toUnmodifiableSet());
    }
}
