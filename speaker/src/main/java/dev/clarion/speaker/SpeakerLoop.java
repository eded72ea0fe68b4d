package dev.clarion.speaker;

import dev.clarion.announcement.Announcement;
import dev.clarion.announcement.DataPlane;
import dev.clarion.announcement.Intent;
import dev.clarion.announcement.LeaseFacts;
import dev.clarion.announcement.Membership;
import dev.clarion.announcement.NodeView;
import dev.clarion.announcement.SpeakerFacts;
import dev.clarion.config.EffectiveConfig;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks at everything, decides if something changed, and hands the result on. Who owns what at layer 2 is
 * decided by the ownership thread once there is a heartbeat key ({@link OwnershipSide}), and here, by the API's view,
 * until then. Turns at least every {@link #TURN}; whoever knows of a change wakes it earlier.
 */
final class SpeakerLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SpeakerLoop.class);

    static final Duration TURN = Duration.ofMillis(200);
    /** So long a start waits for the API before it begins with what was kept on the node. */
    private static final Duration API_PATIENCE = Duration.ofSeconds(3);
    /** A Lease that is new makes a member; by then every speaker has seen it. */
    private static final Duration NEW_MEMBER = Duration.ofSeconds(1);
    /** When a key appears, others may see it later: they still count on renewals. */
    private static final Duration STILL_RENEWED = Duration.ofSeconds(60);

    private final Parts parts;
    private final EffectiveSource effective = new EffectiveSource();
    private final long startedAt = System.nanoTime();
    private Membership membership;
    private @Nullable Known known;
    private @Nullable EffectiveConfig viewed;
    private @Nullable Inputs inputs;
    private @Nullable Intent intent;
    private final DataPlane dataPlane = new DataPlane();
    private @Nullable Known servedOf;
    private Set<Ip> served = Set.of();
    private long decisions;
    private boolean missedAtFirst;
    private long memberSince;
    private boolean announcedAlive;
    private volatile Optional<Known> seen = Optional.empty();
    private volatile Optional<String> obstacle = Optional.empty();
    private volatile boolean stopping;
    private volatile LoopState state;

    /**
     * What it is made of.
     *
     * @param node this node
     * @param wake released by whoever knows of a change
     * @param rules the addresses that the kernel has rules for; empty if that cannot be told
     * @param remembered what the API said in an earlier run
     */
    record Parts(
            String node,
            Semaphore wake,
            Watches watches,
            LinkSource links,
            LeaseRenewal lease,
            OwnObjects objects,
            Wire wire,
            Supplier<Optional<Set<Ip>>> rules,
            RouteSide routes,
            OwnershipSide ownership,
            KeySource keys,
            Optional<Known> remembered,
            DecisionLog log,
            Runnable firstDecision) {}

    /** Made, not started. */
    SpeakerLoop(Parts parts) {
        this.parts = parts;
        membership = Membership.start(parts.node(), startedAt);
        state = new LoopState(
                startedAt, List.of("first turn"), true, Optional.empty(), Optional.empty(), Optional.empty());
    }

    LoopState state() {
        return state;
    }

    /** What the API says, once it was seen in this run. */
    Optional<Known> seen() {
        return seen;
    }

    /** Ends the loop; nothing is withdrawn. */
    void stop() {
        stopping = true;
        parts.wake().release();
    }

    @Override
    public void run() {
        while (!stopping) {
            Optional<String> failure = Optional.empty();
            try {
                turn();
            } catch (RuntimeException bug) {
                failure = Optional.of("a turn failed: " + bug);
                LOG.error("a turn of the loop failed; the last intent stays", bug);
            }
            publish(failure);
            await();
        }
    }

    private void await() {
        try {
            long now = System.nanoTime();
            long next = Math.min(TURN.toNanos(), Math.max(0, dataPlane.next().orElse(now + TURN.toNanos()) - now));
            if (parts.wake().tryAcquire(next, TimeUnit.NANOSECONDS)) {
                parts.wake().drainPermits();
            }
        } catch (InterruptedException stop) {
            stopping = true;
        }
    }

    private void turn() {
        boolean byHeartbeats = parts.ownership().running().isPresent();
        parts.lease().segments(NodeView.segments(parts.links().facts()));
        parts.ownership().segments(parts.links().segments());
        if (!byHeartbeats) {
            parts.wire().alive();
            membership = membership.observe(leases(), System.nanoTime());
        }
        seen = parts.watches().known();
        HeartbeatKeys keys = parts.keys().read(parts.watches().keys.snapshot());
        parts.ownership().keys(keys);
        look(keys).ifPresent(now -> {
            now.node(parts.node()).ifPresent(own -> parts.objects().ownedBy(own.uid()));
            EffectiveConfig config = effective.read(now.effective());
            if (parts.ownership().running().isPresent() || begun(now, keys)) {
                byHeartbeats(now, config);
            } else if (!keys.usable()
                    || now.node(parts.node()).flatMap(NodeRecord::address).isEmpty()) {
                byLeases(now, config);
            }
        });
        parts.routes().turn();
    }

    /** What the API says, or else what it said in an earlier run, if that is enough to begin with. */
    private Optional<Known> look(HeartbeatKeys keys) {
        boolean patient = System.nanoTime() - startedAt < API_PATIENCE.toNanos();
        boolean never = known == null;
        if (seen.isPresent() || patient || !never) {
            return seen.or(() -> Optional.ofNullable(known));
        }
        return keys.usable() ? parts.remembered() : Optional.empty();
    }

    /** Begins with heartbeats if all is there for that: a key, an address, and a Lease that others have seen. */
    private boolean begun(Known now, HeartbeatKeys keys) {
        boolean addressed = now.node(parts.node()).flatMap(NodeRecord::address).isPresent();
        obstacle = keys.usable() && !addressed
                ? Optional.of("node " + parts.node() + " has no internal address for heartbeats; ownership follows"
                        + " the API's view without fast failover")
                : Optional.empty();
        if (!keys.usable() || !addressed) {
            return false;
        }
        if (!now.speakers().contains(parts.node())) {
            missedAtFirst = true;
            alive();
            return false;
        }
        long at = System.nanoTime();
        memberSince = memberSince == 0 ? at : memberSince;
        if (missedAtFirst && at - memberSince < NEW_MEMBER.toNanos()) {
            return false;
        }
        long renewedUntil = intent == null ? at : at + STILL_RENEWED.toNanos();
        parts.lease()
                .onlyIf(() ->
                        System.nanoTime() - renewedUntil < 0 || parts.watches().leaseIsMissing(parts.node()));
        parts.ownership().start(keys, Optional.ofNullable(intent));
        parts.ownership().segments(parts.links().segments());
        known = null;
        return true;
    }

    private void byHeartbeats(Known now, EffectiveConfig config) {
        OwnershipState owners = parts.ownership().running().orElseThrow().state();
        Inputs next = inputs(now, config, owners.core().speakers());
        if (!now.equals(known) || !config.equals(viewed)) {
            viewed = config;
            parts.ownership().members(now.members(parts.node()));
            parts.ownership().view(next.view(parts.node()));
            next.node(parts.node()).ifPresent(own -> parts.ownership().rebalance(own.rebalance()));
        }
        known = now;
        if (!owners.joined()) {
            return;
        }
        if (!next.equals(inputs) || owners.decisions() != decisions) {
            decisions = owners.decisions();
            Intent decided =
                    Announcement.decide(next.view(parts.node()), owners.core().decisions());
            parts.ownership().watch(decided, parts.node());
            parts.log().foreign(owners.foreign(), next);
            apply(next, decided);
        }
    }

    private void byLeases(Known now, EffectiveConfig config) {
        known = now;
        Inputs next = inputs(now, config, membership.others());
        if (!next.equals(inputs)) {
            Intent decided = Announcement.decide(next.view(parts.node()));
            parts.wire().layer2(Wishes.layer2(decided));
            apply(next, decided);
        }
    }

    private Inputs inputs(Known now, EffectiveConfig config, Map<String, SpeakerFacts> speakers) {
        return new Inputs(
                now.services(),
                now.slices(),
                now.nodes(),
                config,
                now.speakers(),
                speakers,
                parts.links().facts(),
                unready(now));
    }

    /** What could be served here, and is not to be announced yet. */
    private Set<Ip> unready(Known now) {
        if (!now.equals(servedOf)) {
            servedOf = now;
            served = now.served(parts.node());
        }
        Optional<Set<Ip>> rules = parts.rules().get();
        Set<Ip> unready = dataPlane.unready(served, rules, System.nanoTime());
        // Where rules cannot be read, layer 2 does not wait: who is early costs a client a refusal and not an outage.
        parts.ownership().unready(rules.isPresent() ? unready : Set.of());
        return unready;
    }

    private void apply(Inputs now, Intent next) {
        parts.routes().apply(now, next, seen.isPresent());
        parts.log().changed(Optional.ofNullable(intent), next, now);
        inputs = now;
        intent = next;
        alive();
    }

    /** From now on this speaker counts. */
    private void alive() {
        if (!announcedAlive) {
            announcedAlive = true;
            parts.firstDecision().run();
        }
    }

    private Map<String, LeaseFacts> leases() {
        Map<String, LeaseFacts> leases = new HashMap<>();
        parts.watches().leases.snapshot().values().forEach(lease -> leases.put(lease.node(), lease.facts()));
        return leases;
    }

    private void publish(Optional<String> failure) {
        boolean byHeartbeats = parts.ownership().running().isPresent();
        state = new LoopState(
                System.nanoTime(),
                parts.watches().unsynced(),
                !byHeartbeats && membership.frozen(),
                Optional.ofNullable(inputs),
                Optional.ofNullable(intent),
                failure.or(effective::problem).or(() -> obstacle));
    }
}
