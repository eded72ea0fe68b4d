package dev.clarion.kube;

import dev.clarion.kube.Leases.Reply;
import dev.clarion.kube.Leases.View;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One leader among several replicas, by a Lease that is taken and renewed by compare-and-swap.
 *
 * <p>{@link #isLeader} is a fence: it turns false by this machine's own clock when the last successful renewal is older
 * than the renew deadline, whatever the network, the threads or a pause of the process did meanwhile; and the deadline is
 * shorter than the time after which others may take over. The time counts from before the renewal was sent.
 */
public final class LeaderElection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

    /** What the leader is told; called one after the other on the election's thread. */
    public interface Listener {
        /** We lead now. Must not block. */
        void started();

        /** We lead no more; when it is called the fence has fallen already. Must not block for long. */
        void stopped();
    }

    /**
     * The Lease, who we are, and the times.
     *
     * @param identity unique to this process, for instance Pod name and a random part
     * @param leaseDuration after which others may take an unchanged Lease
     * @param renewDeadline after which we stop on our own; shorter than {@code leaseDuration}
     * @param retry between two tries to take or renew
     */
    public record Settings(
            String namespace,
            String lease,
            String identity,
            Duration leaseDuration,
            Duration renewDeadline,
            Duration retry) {
        public Settings {
            if (renewDeadline.compareTo(leaseDuration) >= 0 || retry.compareTo(renewDeadline) >= 0) {
                throw new IllegalArgumentException("retry < renewDeadline < leaseDuration must hold");
            }
        }

        /** 10 s, 7 s and 2 s. A Lease that is given back is taken at once all the same. */
        public static Settings standard(String namespace, String lease, String identity) {
            return new Settings(
                    namespace, lease, identity, Duration.ofSeconds(10), Duration.ofSeconds(7), Duration.ofSeconds(2));
        }
    }

    private final Leases leases;
    private final Settings settings;
    private final Listener listener;
    private final ReducedWatch<LeaseSeen> watch;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean stopping;
    private final long epoch = System.nanoTime();
    private final Thread thread;

    /** Until when we lead, on the clock of {@link #now}; zero if we do not. */
    private volatile Duration leadsUntil = Duration.ZERO;

    private volatile String leader = "";
    private ElectionRules rules;

    /** The Lease as we last wrote it, as long as it is ours: the next renewal need not read it. */
    private @Nullable View held;

    private boolean told;

    /** Joins the election at once, on a thread of its own. */
    public LeaderElection(KubernetesClient client, Settings settings, Listener listener) {
        this.leases = new Leases(client, settings.namespace());
        this.settings = settings;
        this.listener = listener;
        this.rules = ElectionRules.start(settings.identity(), settings.leaseDuration());
        this.watch = ReducedWatch.of(client, Lease.class)
                .inNamespace(settings.namespace())
                .named(settings.lease())
                .start(LeaseSeen::of, wake::release);
        this.thread = Thread.ofVirtual().name("election").start(this::run);
    }

    /** Whether we lead at this very moment. Ask again right before each write. */
    public boolean isLeader() {
        return now().compareTo(leadsUntil) < 0;
    }

    /** Who held the Lease when it was last seen; empty if nobody or not known. */
    public String leader() {
        return leader;
    }

    /** Leaves the election; a leader stops first and then gives the Lease back, so that another can take it at once. */
    @Override
    public void close() {
        stopping = true;
        wake.release();
        try {
            thread.join(Duration.ofSeconds(8));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration now() {
        return Duration.ofNanos(System.nanoTime() - epoch);
    }

    private void run() {
        try {
            while (!stopping) {
                try {
                    turn();
                    tell(isLeader());
                } catch (RuntimeException defect) {
                    // Whatever it was, this replica must go on trying; that it leads ends by itself when its time is
                    // over.
                    LOG.atError().setCause(defect).log("a turn of the election failed in a way that was not foreseen");
                }
                sleep();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } finally {
            watch.close();
            leave();
        }
    }

    /** Until the next try is due, we are to stop, or the Lease is there for the taking. */
    private void sleep() throws InterruptedException {
        Duration until = now().plus(settings.retry());
        while (!stopping && now().compareTo(until) < 0) {
            long left = Math.max(1, until.minus(now()).toMillis());
            if (wake.tryAcquire(left, TimeUnit.MILLISECONDS) && held == null && givenBack()) {
                return;
            }
        }
    }

    private boolean givenBack() {
        return watch.snapshot().values().stream()
                .anyMatch(lease -> lease.holder().isEmpty());
    }

    private void turn() {
        if (told && !isLeader()) {
            tell(false);
        }
        Duration sent = now();
        View ours = held;
        if (ours != null) {
            write(ours, sent);
            return;
        }
        switch (leases.read(settings.lease())) {
            case Reply.Found(View lease) -> {
                leader = lease.holder();
                rules = rules.saw(lease.resourceVersion(), now());
                move(lease, sent);
            }
            case Reply.Missing() -> write(new View(settings.lease(), "", "", 0, null, -1), sent);
            case Reply.Conflict() -> lost("conflict while reading");
            case Reply.Failed(String why) -> warn(why);
        }
    }

    private void move(View lease, Duration sent) {
        switch (rules.on(lease.holder(), now())) {
            case RENEW, TAKE -> write(lease, sent);
            case WAIT -> lost("held by " + lease.holder());
        }
    }

    private void write(View seen, Duration sent) {
        boolean ours = seen.holder().equals(settings.identity());
        View next = new View(
                settings.lease(),
                seen.resourceVersion(),
                settings.identity(),
                (int) settings.leaseDuration().toSeconds(),
                ours ? seen.acquired() : Leases.now(),
                ours ? seen.transitions() : seen.transitions() + 1);
        switch (leases.write(next, Map.of())) {
            case Reply.Found(View stored) -> {
                if (!ours) {
                    // It was somebody else's meanwhile: what we knew as a leader is out of date.
                    tell(false);
                }
                held = stored;
                leader = stored.holder();
                leadsUntil = sent.plus(settings.renewDeadline());
            }
            case Reply.Conflict() -> {
                // Perhaps our own write, whose answer was lost: the next turn reads who holds it.
                held = null;
                if (!ours) {
                    lost("somebody else was faster");
                }
            }
            case Reply.Missing() -> {
                held = null;
                warn("it is gone, or the namespace " + settings.namespace() + " is");
            }
            case Reply.Failed(String why) -> warn(why);
        }
    }

    private void lost(String why) {
        if (isLeader()) {
            LOG.atWarn()
                    .addKeyValue("lease", settings.lease())
                    .addKeyValue("why", why)
                    .log("lost the lead");
        }
        held = null;
        leadsUntil = Duration.ZERO;
    }

    private void warn(String why) {
        LOG.atWarn()
                .addKeyValue("lease", settings.lease())
                .addKeyValue("why", why)
                .log("lease not renewed");
    }

    private void tell(boolean leads) {
        if (leads == told) {
            return;
        }
        told = leads;
        LOG.atInfo()
                .addKeyValue("lease", settings.lease())
                .addKeyValue("identity", settings.identity())
                .log(leads ? "leads" : "leads no more");
        try {
            if (leads) {
                listener.started();
            } else {
                listener.stopped();
            }
        } catch (RuntimeException defect) {
            LOG.atError().setCause(defect).log("a change of leadership could not be passed on");
        }
    }

    private void leave() {
        boolean led = isLeader();
        View ours = held;
        leadsUntil = Duration.ZERO;
        tell(false);
        if (led && ours != null) {
            View free = new View(ours.name(), ours.resourceVersion(), "", 1, ours.acquired(), ours.transitions());
            if (!(leases.write(free, Map.of()) instanceof Reply.Found)) {
                warn("could not give the lease back; it expires by itself");
            }
        }
    }
}
