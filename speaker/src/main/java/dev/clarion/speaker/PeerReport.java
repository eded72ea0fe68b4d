package dev.clarion.speaker;

import dev.clarion.bgp.Agreed;
import dev.clarion.bgp.BgpSpeaker;
import dev.clarion.bgp.PeerStatus;
import dev.clarion.bgp.SessionStatus;
import dev.clarion.bgp.bfd.BfdStatus;
import dev.clarion.bgp.bfd.Lateness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What there is to say of routers: sessions, routes, and what BFD sees of the way to them, as trees. */
final class PeerReport {
    private final BgpSpeaker bgp;
    private final Supplier<Optional<BfdStatus>> bfd;
    private final Supplier<SortedMap<String, String>> obstacles;
    private final Supplier<SortedMap<String, Map<PeerWarning, String>>> warnings;
    private final List<Supplier<? extends Collection<String>>> problems;

    /**
     * Of these.
     *
     * @param obstacles why peers are not even tried, in words, by name
     * @param warnings what is not right about peers that have sessions, in words, by name
     * @param problems what else is wrong, in words
     */
    PeerReport(
            BgpSpeaker bgp,
            Supplier<Optional<BfdStatus>> bfd,
            Supplier<SortedMap<String, String>> obstacles,
            Supplier<SortedMap<String, Map<PeerWarning, String>>> warnings,
            List<Supplier<? extends Collection<String>>> problems) {
        this.bgp = bgp;
        this.bfd = bfd;
        this.obstacles = obstacles;
        this.warnings = warnings;
        this.problems = List.copyOf(problems);
    }

    /** As they are. */
    List<PeerStatus> status() {
        return bgp.status();
    }

    /** What is wrong, in words. */
    List<String> problems() {
        List<String> all = new ArrayList<>();
        obstacles.get().forEach((peer, why) -> all.add("peer " + peer + ": " + why));
        warnings.get().forEach((peer, why) -> why.values().forEach(text -> all.add("peer " + peer + ": " + text)));
        problems.forEach(some -> all.addAll(some.get()));
        bfd.get()
                .filter(status -> !status.scheduling().realTime())
                .ifPresent(status -> all.add("BFD: " + status.scheduling().text()));
        return all;
    }

    /** Changes only when something happened that people want to know of. */
    List<Map<String, Object>> coarse() {
        return bgp.status().stream().map(PeerReport::coarse).toList();
    }

    /** Everything. */
    List<Map<String, Object>> whole() {
        Map<String, BfdStatus.Session> watched = new TreeMap<>();
        bfd.get().ifPresent(status -> status.sessions().forEach(session -> watched.put(session.key(), session)));
        SortedMap<String, Map<PeerWarning, String>> wrong = warnings.get();
        return bgp.status().stream()
                .map(peer -> {
                    Map<String, Object> entry = whole(peer, Optional.ofNullable(watched.get(peer.name())));
                    entry.put(
                            "warnings",
                            wrong.getOrDefault(peer.name(), Map.of()).keySet().stream()
                                    .map(Enum::name)
                                    .sorted()
                                    .toList());
                    return entry;
                })
                .toList();
    }

    /** How BFD itself does; empty if no peer wants it. */
    Optional<Map<String, Object>> watching() {
        return bfd.get().map(PeerReport::engine);
    }

    private static Map<String, Object> coarse(PeerStatus peer) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("peer", peer.name());
        entry.put("address", peer.address().map(Object::toString).orElse(""));
        entry.put("state", peer.state().name());
        entry.put("since", peer.since().toString());
        entry.put("routes", peer.sent().size());
        peer.lastError().ifPresent(error -> entry.put("lastError", error));
        return entry;
    }

    private static Map<String, Object> whole(PeerStatus peer, Optional<BfdStatus.Session> watched) {
        Map<String, Object> entry = coarse(peer);
        SessionStatus session = peer.session();
        entry.put("reason", session.reason().name());
        session.lastSent().ifPresent(said -> entry.put("lastNotificationSent", said(said)));
        session.lastReceived().ifPresent(said -> entry.put("lastNotificationReceived", said(said)));
        session.agreement().ifPresent(agreed -> entry.put("agreed", agreed(agreed)));
        SortedMap<String, Long> timers = new TreeMap<>();
        session.timers().forEach((kind, left) -> timers.put(kind.name(), left.toMillis()));
        entry.put("timersMillis", timers);
        entry.put("failuresInARow", session.failures());
        if (!session.concession().isEmpty()) {
            entry.put("leftOutOfOpen", session.concession());
        }
        entry.put(
                "waitsForNextOpen",
                session.pending().stream().map(Enum::name).sorted().toList());
        entry.put("gracefulRestart", session.restart().name());
        entry.put("signed", session.socket().signed());
        session.socket().ttl().ifPresent(ttl -> entry.put("ttl", ttl));
        session.socket().leastTtl().ifPresent(ttl -> entry.put("leastTtl", ttl));
        entry.put("bfd", session.bfd().name());
        watched.ifPresent(one -> entry.put("bfdSession", watched(one)));
        entry.put("sent", peer.sent().stream().sorted().map(Object::toString).toList());
        SortedMap<String, String> unsendable = new TreeMap<>();
        peer.unsendable().forEach((prefix, reason) -> unsendable.put(prefix.toString(), reason.name()));
        entry.put("unsendable", unsendable);
        entry.put("localAddress", peer.localAddress().map(Object::toString).orElse(""));
        entry.put("updatesSent", peer.counters().updatesSent());
        entry.put("updatesReceived", peer.counters().updatesReceived());
        entry.put("sessionsEstablished", peer.counters().sessionsEstablished());
        entry.put("sessionsLost", peer.counters().sessionsLost());
        return entry;
    }

    private static String said(SessionStatus.Said said) {
        return said.words() + " at " + said.at();
    }

    private static Map<String, Object> agreed(Agreed agreed) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("peerAs", agreed.peerAs());
        entry.put("peerRouterId", agreed.peerRouterId().toString());
        entry.put("external", agreed.external());
        agreed.roles().ours().ifPresent(role -> entry.put("role", role.name()));
        agreed.roles().theirs().ifPresent(role -> entry.put("peerRole", role.name()));
        entry.put("holdSeconds", agreed.holdTime().toSeconds());
        entry.put(
                "families", agreed.families().stream().map(Enum::name).sorted().toList());
        entry.put(
                "features", agreed.features().stream().map(Enum::name).sorted().toList());
        return entry;
    }

    private static Map<String, Object> watched(BfdStatus.Session session) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("state", session.state().name());
        entry.put("peerState", session.remoteState().name());
        entry.put("transmitMillis", millis(session.transmit()));
        entry.put("receiveMillis", millis(session.receive()));
        entry.put("detectionMillis", millis(session.detection()));
        session.lastDiagnostic().ifPresent(why -> entry.put("lastDiagnostic", why.name()));
        entry.put("peerDiagnostic", session.remoteDiagnostic().name());
        entry.put(
                "problems", session.problems().stream().map(Enum::name).sorted().toList());
        entry.put("sent", session.counters().sent());
        entry.put("received", session.counters().received());
        entry.put("ups", session.counters().ups());
        entry.put("downs", session.counters().downs());
        entry.put("late", session.counters().late());
        entry.put("credits", session.counters().credits());
        return entry;
    }

    private static Map<String, Object> engine(BfdStatus status) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("scheduling", status.scheduling().text());
        Map<String, Long> above = new LinkedHashMap<>();
        for (int i = 0; i < Lateness.BOUNDS.size(); i++) {
            above.put(
                    Lateness.BOUNDS.get(i).toMillis() + "ms",
                    status.lateness().above().get(i));
        }
        entry.put("turns", status.lateness().turns());
        entry.put("laterThan", above);
        entry.put("worstMillis", millis(status.lateness().worst()));
        SortedMap<String, Long> dropped = new TreeMap<>();
        status.dropped().forEach((reason, count) -> dropped.put(reason.name(), count));
        entry.put("dropped", dropped);
        return entry;
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
