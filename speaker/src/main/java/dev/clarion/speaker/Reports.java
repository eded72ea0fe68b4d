package dev.clarion.speaker;

import dev.clarion.announcement.AddressDecision;
import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.Intent;
import dev.clarion.announcement.ServiceKey;
import dev.clarion.arpndp.InterfaceStatus;
import dev.clarion.arpndp.L2Interface;
import dev.clarion.arpndp.L2Status;
import dev.clarion.arpndp.NeighbourAnnouncer;
import dev.clarion.kube.NodeAnnouncements;
import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import dev.clarion.net.Prefix;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What the speaker says of itself, as trees of maps and lists: the coarse status for the node's ConfigMap, and the
 * whole state for the loopback endpoint.
 */
final class Reports {
    private final Identity identity;
    private final Supplier<LoopState> loop;
    private final LinkSource links;
    private final NeighbourAnnouncer neighbours;
    private final PeerReport peers;
    private final OwnershipReport ownership;
    private final Instant started = Instant.now();

    /**
     * Who speaks.
     *
     * @param node the node's name
     * @param version of the program
     * @param bootId of the kernel; another one means that the node was started again
     */
    record Identity(String node, String version, String bootId) {}

    Reports(
            Identity identity,
            Supplier<LoopState> loop,
            LinkSource links,
            NeighbourAnnouncer neighbours,
            PeerReport peers,
            OwnershipReport ownership) {
        this.identity = identity;
        this.loop = loop;
        this.links = links;
        this.neighbours = neighbours;
        this.peers = peers;
        this.ownership = ownership;
    }

    /** The node's ConfigMap: the coarse status for people, and what the controller makes conditions of. */
    Map<String, String> map() {
        return Map.of(
                OwnObjects.STATUS_KEY, Tree.yaml(status()),
                NodeAnnouncements.KEY, announced().text());
    }

    private NodeAnnouncements announced() {
        Map<Ip, Instant> layer2 = new HashMap<>();
        // On several interfaces: since it is announced on any.
        neighbours
                .status()
                .forEach(on ->
                        layer2.merge(on.address(), on.claimedAt(), (one, other) -> one.isBefore(other) ? one : other));
        List<IpRange> routes = peers.status().stream()
                .flatMap(peer -> peer.sent().stream())
                .map(Prefix::range)
                .toList();
        return new NodeAnnouncements(layer2, AddressSet.of(routes));
    }

    /** Changes only when something happened that people want to know of. */
    private Map<String, Object> status() {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("speaker", speaker());
        status.put(
                "layer2", sorted(neighbours.status()).stream().map(this::owned).toList());
        status.put("bgp", peers.coarse());
        ownership.foreign().ifPresent(foreign -> status.put("quarantined", foreign));
        status.put("problems", problems());
        return status;
    }

    /** Everything, also what changes with every frame. */
    Map<String, Object> state() {
        LoopState now = loop.get();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("speaker", speaker());
        state.put("problems", problems());
        state.put("waitingFor", now.waitingFor());
        state.put(
                "lastTurnMillisAgo",
                Duration.ofNanos(System.nanoTime() - now.turnedAt()).toMillis());
        now.inputs().ifPresent(inputs -> {
            state.put("generation", inputs.effective().generation());
            state.put("alive", inputs.speakers().keySet());
            state.put("livenessFrozen", now.frozen());
            state.put("segments", segments(inputs));
            state.put("waitingForRule", inputs.unready().stream().sorted().toList());
        });
        state.put("ownership", ownership.state());
        state.put("addresses", now.intent().map(this::addresses).orElse(List.of()));
        state.put(
                "frames", sorted(neighbours.status()).stream().map(this::frames).toList());
        state.put(
                "interfaces",
                neighbours.interfaces().stream().map(Reports::capture).toList());
        state.put("peers", peers.whole());
        peers.watching().ifPresent(watching -> state.put("bfd", watching));
        return state;
    }

    /** What is wrong, in words. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        loop.get().problem().ifPresent(problems::add);
        problems.addAll(ownership.problems());
        problems.addAll(peers.problems());
        neighbours
                .interfaces()
                .forEach(on -> on.problem().ifPresent(problem -> problems.add(on.interfaceName() + ": " + problem)));
        return problems;
    }

    private Map<String, Object> speaker() {
        Map<String, Object> speaker = new LinkedHashMap<>();
        speaker.put("node", identity.node());
        speaker.put("version", identity.version());
        speaker.put("bootId", identity.bootId());
        speaker.put("started", started.toString());
        return speaker;
    }

    private static List<L2Status> sorted(List<L2Status> owned) {
        return owned.stream()
                .sorted(Comparator.comparing(L2Status::address).thenComparing(L2Status::interfaceName))
                .toList();
    }

    private Map<String, Object> owned(L2Status on) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("address", on.address().toString());
        entry.put("interface", on.interfaceName());
        entry.put(
                "mac",
                links.find(on.interfaceName())
                        .map(L2Interface::mac)
                        .map(Object::toString)
                        .orElse(""));
        entry.put("since", on.claimedAt().toString());
        return entry;
    }

    private Map<String, Object> frames(L2Status on) {
        Map<String, Object> entry = owned(on);
        entry.put("requestsAnswered", on.requestsAnswered());
        entry.put("announcementsSent", on.announcementsSent());
        entry.put("neighboursTold", on.neighboursTold());
        entry.put("acknowledgements", on.acknowledgements());
        on.acknowledgedAfter().ifPresent(after -> entry.put("acknowledgedAfterMillis", after.toMillis()));
        entry.put("lastFrame", on.lastFrame().map(Instant::toString).orElse(""));
        return entry;
    }

    private static Map<String, Object> capture(InterfaceStatus on) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("interface", on.interfaceName());
        entry.put("state", on.state().name());
        SortedMap<String, Long> dropped = new TreeMap<>();
        on.dropped().forEach((reason, count) -> dropped.put(reason.name(), count));
        entry.put("dropped", dropped);
        entry.put("lost", on.lost());
        SortedMap<String, Long> forOthers = new TreeMap<>();
        on.stoodInFor().forEach((address, count) -> forOthers.put(address.toString(), count));
        entry.put("answeredForOthers", forOthers);
        return entry;
    }

    private static Map<String, List<String>> segments(Inputs inputs) {
        SortedMap<String, List<String>> segments = new TreeMap<>();
        inputs.speakers()
                .forEach((node, facts) -> segments.put(
                        node, facts.segments().stream().map(Object::toString).toList()));
        return segments;
    }

    private List<Map<String, Object>> addresses(Intent intent) {
        return intent.decisions().values().stream().map(this::address).toList();
    }

    private Map<String, Object> address(AddressDecision decision) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("address", decision.address().toString());
        entry.put(
                "services",
                decision.services().stream().map(ServiceKey::toString).toList());
        entry.put("pool", decision.pool().orElse(""));
        entry.put("owner", decision.owner().orElse(""));
        entry.put("interfaces", decision.interfaces());
        entry.put("peers", decision.peers());
        entry.put("layer2", names(decision.layer2()));
        entry.put("bgp", names(decision.bgp()));
        return entry;
    }

    private static SortedMap<String, String> names(SortedMap<String, AnnouncementReason> reasons) {
        SortedMap<String, String> names = new TreeMap<>();
        reasons.forEach((node, reason) -> names.put(node, reason.name()));
        return names;
    }
}
