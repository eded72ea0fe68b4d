package dev.clarion.speaker;

import dev.clarion.announcement.AddressDecision;
import dev.clarion.announcement.Intent;
import dev.clarion.announcement.NodeView;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.membership.Member;
import dev.clarion.announcement.ownership.Snapshot;
import dev.clarion.arpndp.L2Intent;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ownership by heartbeats, from the moment on that there is a key. Hands what the loop looks at to the ownership thread,
 * and each thing only once. All but {@link #running} and {@link #keep} belongs to the loop's thread.
 */
final class OwnershipSide {
    private static final Logger LOG = LoggerFactory.getLogger(OwnershipSide.class);

    /** Below all epochs that clocks give: what is claimed by heartbeats goes before what was elected without. */
    private static final long ELECTED = 1;

    private final Starter starter;
    private final Supplier<Kept> kept;
    private volatile @Nullable OwnershipLoop running;
    private @Nullable Thread thread;
    private HeartbeatKeys keys = HeartbeatKeys.NONE;
    private List<Member> members = List.of();
    private List<Segment> segments = List.of();
    private Map<String, Set<Ip>> watched = Map.of();
    private Set<Ip> unready = Set.of();
    private final FreshWord rebalance = new FreshWord();

    /** Makes the ownership thread's work; it is not started. */
    @FunctionalInterface
    interface Starter {
        /** As the constructor of {@link OwnershipLoop}. */
        OwnershipLoop make(HeartbeatKeys keys, Kept kept, L2Intent bridge);
    }

    /**
     * Not started.
     *
     * @param kept what the last run left on the node
     */
    OwnershipSide(Starter starter, Supplier<Kept> kept) {
        this.starter = starter;
        this.kept = kept;
    }

    /** The ownership thread's work, once there is one. */
    Optional<OwnershipLoop> running() {
        return Optional.ofNullable(running);
    }

    /** What to keep on the node, once there is something. */
    Optional<Kept> keep(boolean clean) {
        return running()
                .map(OwnershipLoop::state)
                .filter(OwnershipState::joined)
                .map(state -> new Kept(state.core().snapshot(clean), state.foreign()));
    }

    /**
     * Starts.
     *
     * @param elected what was elected up to now, when there was no key
     */
    void start(HeartbeatKeys first, Optional<Intent> elected) {
        Kept last = elected.map(OwnershipSide::asElected).map(Kept::of).orElseGet(kept);
        L2Intent bridge = elected.map(Wishes::layer2).orElse(L2Intent.NOTHING);
        LOG.atInfo()
                .addKeyValue("keys", first)
                .addKeyValue("records", last.snapshot().records().size())
                .addKeyValue("lastRunEndedWell", last.snapshot().clean())
                .log("ownership by heartbeats begins");
        OwnershipLoop loop = starter.make(first, last, bridge);
        keys = first;
        running = loop;
        thread = Thread.ofPlatform().name("ownership").start(loop);
    }

    /** Nothing is to move because a key appeared: who was elected owns. */
    private static Snapshot asElected(Intent intent) {
        List<OwnershipRecord> records = new ArrayList<>();
        for (AddressDecision decision : intent.decisions().values()) {
            decision.owner()
                    .ifPresent(owner -> records.add(new OwnershipRecord(decision.address(), owner, ELECTED, 0, false)));
        }
        return new Snapshot(records, Map.of(), true);
    }

    void keys(HeartbeatKeys now) {
        if (now.usable() && !now.equals(keys)) {
            keys = now;
            LOG.atInfo().addKeyValue("keys", now).log("heartbeat keys changed");
            running().ifPresent(loop -> loop.keys(now));
        }
    }

    void members(List<Member> now) {
        if (!now.equals(members)) {
            members = now;
            running().ifPresent(loop -> loop.members(now));
        }
    }

    void segments(List<Segment> now) {
        if (running != null && !now.equals(segments)) {
            segments = now;
            running().ifPresent(loop -> loop.interfaces(now));
        }
    }

    /** Asks for addresses to be spread evenly, if the node's annotation does. */
    void rebalance(Optional<String> word) {
        if (rebalance.asks(word)) {
            LOG.atInfo().addKeyValue("word", word.orElse("")).log("asked to spread addresses evenly");
            running().ifPresent(OwnershipLoop::rebalance);
        }
    }

    /** The addresses that this node's kernel has no rule for. */
    void unready(Set<Ip> now) {
        if (running != null && !now.equals(unready)) {
            unready = now;
            running().ifPresent(loop -> loop.unready(now));
        }
    }

    void view(NodeView now) {
        running().ifPresent(loop -> loop.view(now));
    }

    /** What this node may come to own, of what was decided; and all interfaces that could carry such. */
    void watch(Intent intent, String self) {
        Map<String, Set<Ip>> now = new HashMap<>();
        intent.layer2().keySet().forEach(name -> now.put(name, new HashSet<>()));
        for (AddressDecision decision : intent.decisions().values()) {
            boolean may = switch (decision.layer2().get(self)) {
                case null -> false;
                case OTHER_NODE_OWNS, CLAIM_PENDING, STANDS_IN, SPEAKER_AWAY, MEMBER_UNKNOWN, GATEWAY_SILENT -> true;
                case NOT_OUR_CLASS,
                        NOT_TAKEN_ON,
                        ADDRESS_NOT_IN_POOL,
                        NO_ADVERTISEMENT,
                        NO_PEER,
                        NO_ENDPOINT,
                        NODE_UNKNOWN,
                        SPEAKER_NOT_ALIVE,
                        SPEAKER_LEAVING,
                        NODE_EXCLUDED,
                        NETWORK_UNAVAILABLE,
                        NODE_NOT_SELECTED,
                        NODE_LEAVING,
                        NO_INTERFACE_IN_SUBNET,
                        SEGMENT_UNREACHABLE,
                        NO_LOCAL_ENDPOINT,
                        DATA_PLANE_NOT_READY,
                        QUARANTINED,
                        OTHER_NODES_SERVE_MORE,
                        ANNOUNCED -> false;
            };
            if (may) {
                segments.stream()
                        .filter(segment -> segment.usable() && segment.holds(decision.address()))
                        .findFirst()
                        .ifPresent(segment -> now.computeIfAbsent(segment.name(), name -> new HashSet<>())
                                .add(decision.address()));
            }
        }
        if (!now.equals(watched)) {
            watched = now;
            running().ifPresent(loop -> loop.watched(now));
        }
    }

    /** Ends the thread. */
    void stop() throws InterruptedException {
        running().ifPresent(OwnershipLoop::stop);
        Thread ending = thread;
        if (ending != null) {
            ending.join(SpeakerLoop.TURN.multipliedBy(5));
        }
    }
}
