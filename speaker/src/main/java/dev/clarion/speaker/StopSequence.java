package dev.clarion.speaker;

import dev.clarion.announcement.StopDecision;
import dev.clarion.announcement.StopFacts;
import dev.clarion.announcement.StopFacts.Presence;
import dev.clarion.bgp.StopMode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens between SIGTERM and the end of the process. Until the last step the loop goes on, and addresses are
 * answered for.
 */
final class StopSequence {
    private static final Logger LOG = LoggerFactory.getLogger(StopSequence.class);

    /** The API server has this long to say whether more than this Pod goes. */
    private static final Duration QUESTION = Duration.ofSeconds(2);
    /** What is said to the other speakers is said at once, unless the thread that says it is stuck. */
    private static final Duration SAYING = Duration.ofMillis(500);
    /** Handing over takes some round trips; what nobody took by then is given up. */
    private static final Duration HAND_OVER = Duration.ofSeconds(6);
    /** How long routes are the last choice before they are withdrawn: kubelet kills after 20 s. */
    private static final Duration ROUTERS = Duration.ofSeconds(5);
    /**
     * Without heartbeats: after the lease was given up, answers go on for this long, until every other speaker has seen
     * that and the new owner has announced itself.
     */
    private static final Duration OVERLAP = Duration.ofSeconds(1);

    private final ApiRequests requests;
    private final String namespace;
    private final String daemonSet;
    private final String node;
    private final Watches watches;
    private final LeaseRenewal lease;
    private final OwnershipSide ownership;
    private final Runnable leaveRoutes;
    private final Consumer<StopMode> stopBgp;

    StopSequence(
            ApiRequests requests,
            String namespace,
            String daemonSet,
            String node,
            Watches watches,
            LeaseRenewal lease,
            OwnershipSide ownership,
            Runnable leaveRoutes,
            Consumer<StopMode> stopBgp) {
        this.requests = requests;
        this.namespace = namespace;
        this.daemonSet = daemonSet;
        this.node = node;
        this.watches = watches;
        this.lease = lease;
        this.ownership = ownership;
        this.leaveRoutes = leaveRoutes;
        this.stopBgp = stopBgp;
    }

    /** Carries it out, within some seconds; afterwards nothing may be announced any more. */
    void run() {
        StopDecision decision = StopDecision.decide(facts());
        LOG.atInfo()
                .addKeyValue("kind", decision.kind())
                .addKeyValue("reason", decision.reason())
                .log("stopping");
        Optional<OwnershipLoop> owners = ownership.running();
        try {
            if (owners.isPresent()) {
                byHeartbeats(owners.get(), decision.kind());
            } else {
                byLeases(decision.kind());
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** The Lease stays after a restart: it makes the node a member, and its kernel goes on forwarding. */
    private void byHeartbeats(OwnershipLoop owners, StopDecision.Kind kind) throws InterruptedException {
        switch (kind) {
            case RESTART -> {
                lease.close();
                stopBgp.accept(StopMode.RESTART);
                owners.restarting(SAYING);
            }
            case HAND_OVER -> {
                long from = System.nanoTime();
                leaveRoutes.run();
                boolean all = owners.drain(HAND_OVER);
                LOG.atInfo().addKeyValue("all", all).log("handed over");
                awaitRouters(from);
                stopBgp.accept(StopMode.SHUTDOWN);
                owners.leave(SAYING);
                lease.release();
            }
            case LEAVE -> {
                owners.leave(SAYING);
                lease.release();
                stopBgp.accept(StopMode.SHUTDOWN);
            }
        }
    }

    /** Until routers have had the time to send what they have for this node elsewhere. */
    private static void awaitRouters(long from) throws InterruptedException {
        long left = ROUTERS.toNanos() - (System.nanoTime() - from);
        TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
    }

    private void byLeases(StopDecision.Kind kind) throws InterruptedException {
        switch (kind) {
            case RESTART -> {
                lease.endForRestart();
                stopBgp.accept(StopMode.RESTART);
            }
            case HAND_OVER -> {
                leaveRoutes.run();
                awaitRouters(System.nanoTime());
                lease.release();
                stopBgp.accept(StopMode.SHUTDOWN);
                boolean never = new CountDownLatch(1).await(OVERLAP.toMillis(), TimeUnit.MILLISECONDS);
                LOG.debug("overlap over early={}", never);
            }
            case LEAVE -> {
                lease.release();
                stopBgp.accept(StopMode.SHUTDOWN);
            }
        }
    }

    private StopFacts facts() {
        NodeRecord own = watches.nodes.snapshot().values().stream()
                .filter(record -> record.facts().name().equals(node))
                .findFirst()
                .orElse(null);
        Presence ofDaemonSet = daemonSet();
        if (!watches.nodes.synced() || !watches.nodes.connected()) {
            return new StopFacts(ofDaemonSet, Presence.UNKNOWN, false, false);
        }
        if (own == null) {
            return new StopFacts(ofDaemonSet, Presence.GONE, false, false);
        }
        Presence ofNode = own.deleting() ? Presence.DELETING : Presence.PRESENT;
        return new StopFacts(ofDaemonSet, ofNode, own.outOfService(), own.shuttingDown());
    }

    private Presence daemonSet() {
        String path = "/apis/apps/v1/namespaces/" + namespace + "/daemonsets/" + daemonSet;
        return switch (requests.metadata(path, QUESTION)) {
            case ApiRequests.Silent silent -> Presence.UNKNOWN;
            case ApiRequests.Answered answered when answered.code() == 404 -> Presence.GONE;
            case ApiRequests.Answered answered
            when answered.ok() ->
                answered.body().contains("\"deletionTimestamp\"") ? Presence.DELETING : Presence.PRESENT;
            case ApiRequests.Answered refused -> Presence.UNKNOWN;
        };
    }
}
