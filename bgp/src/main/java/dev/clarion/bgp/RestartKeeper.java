package dev.clarion.bgp;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.fsm.Restart;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps the list of sessions that the next process has to know of, and hands it on when it changes. A session stays on it
 * when it is lost: the peer may keep its routes. It goes when it was given up for good. On the loop.
 */
final class RestartKeeper implements BgpListener {
    private final BgpListener next;
    private final RestartFacts facts;
    private final Set<String> held = new TreeSet<>();
    private Map<String, PeerConfig> configs = Map.of();
    private boolean stopping;

    RestartKeeper(BgpListener next, RestartFacts facts) {
        this.next = next;
        this.facts = facts;
        // What the process before had up is still the peers' to keep, until they hear otherwise.
        facts.before()
                .filter(before -> before.bootId().equals(facts.bootId()))
                .ifPresent(before -> before.sessions().forEach(session -> held.add(session.peer())));
    }

    /** These are the peers; what is held of others is not held any more. */
    void configured(BgpIntent intent) {
        Map<String, PeerConfig> now = new TreeMap<>();
        for (PeerIntent peer : intent.peers()) {
            if (!(peer.config().restart() instanceof Restart.Off)) {
                now.put(peer.config().name(), peer.config());
            }
        }
        RestartRecord before = record();
        configs = now;
        if (intent.complete()) {
            held.retainAll(now.keySet());
        }
        if (!record().equals(before)) {
            next.restartRecordChanged(record());
        }
    }

    /** The sessions end: for good, or until the next process is up. */
    void stopping(StopMode mode) {
        switch (mode) {
            case SHUTDOWN -> {
                held.clear();
                next.restartRecordChanged(record());
            }
            case RESTART -> {}
        }
        stopping = true;
    }

    @Override
    public void stateChanged(String peer, FsmState from, FsmState to, BgpReason reason, String detail) {
        if (to == FsmState.ESTABLISHED && from != to && configs.containsKey(peer) && !stopping && held.add(peer)) {
            next.restartRecordChanged(record());
        }
        next.stateChanged(peer, from, to, reason, detail);
    }

    @Override
    public void routesSent(String peer, int announced, int withdrawn) {
        next.routesSent(peer, announced, withdrawn);
    }

    private RestartRecord record() {
        List<RestartRecord.Held> sessions = held.stream()
                .filter(configs::containsKey)
                .map(configs::get)
                .map(config -> new RestartRecord.Held(config.name(), config.localAs(), config.routerId()))
                .toList();
        return new RestartRecord(facts.bootId(), sessions);
    }
}
