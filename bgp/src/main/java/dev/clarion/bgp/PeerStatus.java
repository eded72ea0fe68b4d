package dev.clarion.bgp;

import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A peer as it is.
 *
 * @param name the peer's name in the intent
 * @param address the peer's address; empty for one that is found by its interface, until it is
 * @param state the state of its session
 * @param since when the session entered that state
 * @param localAddress our end of the session, once TCP is connected
 * @param sent the prefixes that the peer has from us
 * @param unsendable the wanted prefixes that this session cannot carry: of another family than the session, or with a
 *     next hop of another family
 * @param lastError why the last attempt or session failed, for people; empty if none ever did
 * @param counters what was counted
 */
public record PeerStatus(
        String name,
        Optional<Ip> address,
        FsmState state,
        Instant since,
        Optional<Ip> localAddress,
        Set<Prefix> sent,
        Set<Prefix> unsendable,
        Optional<String> lastError,
        PeerCounters counters) {}
