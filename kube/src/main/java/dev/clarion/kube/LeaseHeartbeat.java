package dev.clarion.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says "I am alive" by renewing a Lease that only this process writes. Others judge by {@link LeaseLiveness}.
 *
 * <p>Closing leaves the Lease to expire, as a crash would; {@link #release} first gives it back, so that others need
 * not wait.
 */
public final class LeaseHeartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseHeartbeat.class);

    private final Leases leases;
    private final Settings settings;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile long lastSuccess = System.nanoTime();
    private volatile boolean everSucceeded;

    /**
     * What to renew, and how often.
     *
     * @param namespace where the Lease is
     * @param name its name, for instance {@code clarion-speaker-node1}
     * @param holder who we are; a DNS name such as a node's
     * @param labels the labels it is created with, so that others can select it
     * @param period between renewals
     * @param ttl written into the Lease for people to read, in whole seconds
     */
    public record Settings(
            String namespace, String name, String holder, Map<String, String> labels, Duration period, Duration ttl) {
        public Settings {
            labels = Map.copyOf(labels);
            if (!holder.matches("[A-Za-z0-9._:/-]+")) {
                throw new IllegalArgumentException("a holder is made of letters, digits and ._:/-, not " + holder);
            }
        }
    }

    /** Starts renewing at once, on a thread of its own. */
    public LeaseHeartbeat(KubernetesClient client, Settings settings) {
        this.leases = new Leases(client, settings.namespace());
        this.settings = settings;
        this.thread = Thread.ofVirtual().name("heartbeat-" + settings.name()).start(this::run);
    }

    /** Since the API server last took a renewal (or since the start, before the first). */
    public Duration sinceRenewal() {
        return Duration.ofNanos(System.nanoTime() - lastSuccess);
    }

    /** Whether any renewal was taken yet. */
    public boolean everRenewed() {
        return everSucceeded;
    }

    /** Stops renewing and gives the Lease back; blocks for a few seconds at most. */
    public void release() {
        close();
        switch (leases.renew(settings.name(), "", 1)) {
            case Leases.Reply.Failed(String why) -> warn("give back", why);
            case Leases.Reply.Found found ->
                LOG.debug("{} given back", found.lease().name());
            case Leases.Reply.Missing() -> LOG.debug("nothing to give back");
            case Leases.Reply.Conflict() -> warn("give back", "conflict");
        }
    }

    /** Stops renewing. The Lease expires in the eyes of others after the time they allow. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(Duration.ofSeconds(4));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                beat();
            } while (!stop.await(settings.period().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        int seconds = (int) Math.max(1, settings.ttl().toSeconds());
        Leases.Reply reply = leases.renew(settings.name(), settings.holder(), seconds);
        if (reply instanceof Leases.Reply.Missing) {
            reply = leases.write(
                    new Leases.View(settings.name(), "", settings.holder(), seconds, Leases.now(), 0),
                    settings.labels());
        }
        switch (reply) {
            case Leases.Reply.Found found -> {
                lastSuccess = System.nanoTime();
                everSucceeded = true;
            }
            case Leases.Reply.Failed(String why) -> warn("renew", why);
            case Leases.Reply.Missing() -> warn("renew", "the namespace " + settings.namespace() + " is not there");
            case Leases.Reply.Conflict() -> warn("renew", "somebody else created it in the same moment");
        }
    }

    private void warn(String step, String why) {
        LOG.atWarn()
                .addKeyValue("lease", settings.name())
                .addKeyValue("step", step)
                .addKeyValue("why", why)
                .log("heartbeat not taken");
    }
}
