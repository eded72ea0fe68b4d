package dev.clarion.speaker;

import dev.clarion.announcement.Announcement;
import dev.clarion.announcement.Intent;
import dev.clarion.announcement.LeaseFacts;
import dev.clarion.announcement.Membership;
import dev.clarion.announcement.NodeView;
import dev.clarion.config.EffectiveConfig;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that decides: looks at everything, decides if something changed, hands the result to the announcers.
 * Turns at least every {@link #TURN}; whoever knows of a change wakes it earlier.
 */
final class SpeakerLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SpeakerLoop.class);

    static final Duration TURN = Duration.ofMillis(200);

    private final String node;
    private final Watches watches;
    private final LinkSource links;
    private final Heartbeat heartbeat;
    private final OwnObjects objects;
    private final Wire wire;
    private final DecisionLog decisions;
    private final Runnable firstDecision;
    private final EffectiveSource effective = new EffectiveSource();
    private final Semaphore wake;
    private Membership membership;
    private @Nullable Inputs inputs;
    private @Nullable Intent intent;
    private @Nullable Ip routerId;
    private volatile boolean stopping;
    private volatile LoopState state;

    /**
     * Made, not started.
     *
     * @param wake released by whoever knows of a change
     * @param firstDecision run after the first decision: from then on this speaker counts
     */
    SpeakerLoop(
            String node,
            Semaphore wake,
            Watches watches,
            LinkSource links,
            Heartbeat heartbeat,
            OwnObjects objects,
            Wire wire,
            DecisionLog decisions,
            Runnable firstDecision) {
        this.node = node;
        this.wake = wake;
        this.watches = watches;
        this.links = links;
        this.heartbeat = heartbeat;
        this.objects = objects;
        this.wire = wire;
        this.decisions = decisions;
        this.firstDecision = firstDecision;
        long now = System.nanoTime();
        membership = Membership.start(node, now);
        state = new LoopState(now, List.of("first turn"), true, Optional.empty(), Optional.empty(), Optional.empty());
    }

    LoopState state() {
        return state;
    }

    /** Ends the loop; nothing is withdrawn. */
    void stop() {
        stopping = true;
        wake.release();
    }

    @Override
    public void run() {
        while (!stopping) {
            Optional<String> failure = Optional.empty();
            try {
                wire.alive();
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
            if (wake.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException stop) {
            stopping = true;
        }
    }

    private void turn() {
        heartbeat.segments(NodeView.segments(links.facts()));
        membership = membership.observe(leases(), System.nanoTime());
        if (!watches.unsynced().isEmpty()) {
            return;
        }
        EffectiveConfig config = effective.read(watches.effective.snapshot());
        Inputs now = new Inputs(
                watches.services.snapshot(),
                watches.slices.snapshot(),
                watches.nodes.snapshot(),
                config,
                membership.others(),
                links.facts());
        if (!now.equals(inputs)) {
            decide(now);
        }
    }

    private void decide(Inputs now) {
        ownNode(now).ifPresent(own -> objects.ownedBy(own.uid()));
        Intent next = Announcement.decide(now.view(node));
        Ip id = routerId(now);
        wire.layer2(Wishes.layer2(next));
        wire.bgp(Wishes.bgp(next, now.effective().config().bgpPeers(), id));
        decisions.changed(Optional.ofNullable(intent), next, now);
        boolean first = intent == null;
        inputs = now;
        intent = next;
        if (first) {
            firstDecision.run();
        }
    }

    /** Stays for the whole run: a router takes another identifier for another router. */
    private Ip routerId(Inputs now) {
        Ip id = routerId;
        if (id == null) {
            id = RouterId.choose(ownNode(now).flatMap(NodeRecord::internalV4), links.addresses(), node);
            routerId = id;
        }
        return id;
    }

    private Optional<NodeRecord> ownNode(Inputs now) {
        return now.nodes().values().stream()
                .filter(record -> record.facts().name().equals(node))
                .findFirst();
    }

    private Map<String, LeaseFacts> leases() {
        Map<String, LeaseFacts> leases = new HashMap<>();
        watches.leases.snapshot().values().forEach(lease -> leases.put(lease.node(), lease.facts()));
        return leases;
    }

    private void publish(Optional<String> failure) {
        state = new LoopState(
                System.nanoTime(),
                watches.unsynced(),
                membership.frozen(),
                Optional.ofNullable(inputs),
                Optional.ofNullable(intent),
                failure.or(effective::problem));
    }
}
