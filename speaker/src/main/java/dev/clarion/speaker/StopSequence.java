package dev.clarion.speaker;

import dev.clarion.announcement.StopDecision;
import dev.clarion.announcement.StopFacts;
import dev.clarion.announcement.StopFacts.Presence;
import dev.clarion.bgp.StopMode;
import java.time.Duration;
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
    /**
     * After the lease was given up, answers go on for this long, until every other speaker has seen that and the new
     * owner has announced itself. Claims that can be heard take the place of this in "Layer 2, complete".
     */
    private static final Duration OVERLAP = Duration.ofSeconds(1);

    private final ApiRequests requests;
    private final String namespace;
    private final String daemonSet;
    private final String node;
    private final Watches watches;
    private final Heartbeat heartbeat;
    private final Consumer<StopMode> stopBgp;

    StopSequence(
            ApiRequests requests,
            String namespace,
            String daemonSet,
            String node,
            Watches watches,
            Heartbeat heartbeat,
            Consumer<StopMode> stopBgp) {
        this.requests = requests;
        this.namespace = namespace;
        this.daemonSet = daemonSet;
        this.node = node;
        this.watches = watches;
        this.heartbeat = heartbeat;
        this.stopBgp = stopBgp;
    }

    /** Carries it out, within some seconds; afterwards nothing may be announced any more. */
    void run() {
        StopDecision decision = StopDecision.decide(facts());
        LOG.atInfo()
                .addKeyValue("kind", decision.kind())
                .addKeyValue("reason", decision.reason())
                .log("stopping");
        switch (decision.kind()) {
            case RESTART -> {
                heartbeat.endForRestart();
                stopBgp.accept(StopMode.RESTART);
            }
            case HAND_OVER -> {
                heartbeat.release();
                stopBgp.accept(StopMode.SHUTDOWN);
                pause();
            }
            case LEAVE -> {
                heartbeat.release();
                stopBgp.accept(StopMode.SHUTDOWN);
            }
        }
    }

    private static void pause() {
        try {
            boolean never = new CountDownLatch(1).await(OVERLAP.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("overlap over early={}", never);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
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
