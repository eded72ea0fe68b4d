package dev.clarion.bench.bgp;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What a router has learned from each of its peers, by what was on the wire; and which messages told it nothing. */
final class Ribs implements Consumer<Heard> {
    private record Session(Ip from, Ip to) {}

    private final Set<Ip> routers;
    private final Map<Session, Map<Prefix, String>> learned = new HashMap<>();
    private final Map<Session, Set<Prefix>> gone = new HashMap<>();
    private int updates;
    private int prefixes;
    private int redundant;
    private int resets;

    /** @param routers who listens; everybody else announces */
    Ribs(Set<Ip> routers) {
        this.routers = Set.copyOf(routers);
    }

    @Override
    public synchronized void accept(Heard message) {
        Session session = new Session(message.from(), message.to());
        switch (message.kind()) {
            case OPEN, NOTIFICATION, GONE -> {
                resets++;
                learned.remove(session);
                gone.remove(session);
            }
            case UPDATE -> {
                if (!routers.contains(message.from()) && !message.endOfRib()) {
                    update(session, message);
                }
            }
            case KEEPALIVE, REFRESH -> {}
        }
    }

    private void update(Session session, Heard message) {
        Map<Prefix, String> rib = learned.computeIfAbsent(session, any -> new HashMap<>());
        Set<Prefix> lost = gone.computeIfAbsent(session, any -> new HashSet<>());
        updates++;
        prefixes += message.announced().size() + message.withdrawn().size();
        for (Prefix prefix : message.withdrawn()) {
            // What was announced before the capture began may be withdrawn in it, once.
            redundant += rib.remove(prefix) == null && !lost.add(prefix) ? 1 : 0;
            lost.add(prefix);
        }
        for (Prefix prefix : message.announced()) {
            redundant += message.said().equals(rib.put(prefix, message.said())) ? 1 : 0;
        }
    }

    /** What the router has from this peer, in all its sessions. */
    synchronized Set<Prefix> of(Set<Ip> peer) {
        Set<Prefix> all = new HashSet<>();
        learned.forEach((session, rib) -> {
            if (peer.contains(session.from())) {
                all.addAll(rib.keySet());
            }
        });
        return all;
    }

    synchronized int updates() {
        return updates;
    }

    synchronized int prefixes() {
        return prefixes;
    }

    /** Prefixes announced just as the router had them, or withdrawn though it had them not. */
    synchronized int redundant() {
        return redundant;
    }

    /** Signs that a session began or ended: OPEN, NOTIFICATION, FIN or RST of either side. */
    synchronized int resets() {
        return resets;
    }
}
