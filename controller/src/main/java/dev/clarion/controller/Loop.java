package dev.clarion.controller;

import dev.clarion.allocation.ClusterView;
import dev.clarion.allocation.Ledger;
import dev.clarion.allocation.Plan;
import dev.clarion.allocation.Planner;
import dev.clarion.config.Config;
import dev.clarion.config.EffectiveConfig;
import dev.clarion.controller.metallb.MetallbSources;
import dev.clarion.kube.KubeException;
import dev.clarion.kube.ReducedWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that decides. Woken by whatever changed, it takes in all of it at once, makes one plan and has it
 * carried out; on a replica that does not lead it only forgets what it knew as a leader.
 */
final class Loop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration TICK = Duration.ofSeconds(5);
    /** While something that does not always tell is waited for. */
    private static final Duration SOON = Duration.ofMillis(200);
    /** After a turn the loop rests as long as the turn took, but no longer. */
    private static final Duration LONGEST_REST = Duration.ofMillis(10);
    /** So many writes that wait make a flood: thousands of answers will come, each of which wakes the loop. */
    private static final int FLOOD = 100;
    /** In a flood it rests this many times as long as a turn took, so that the processor is left to those who write. */
    private static final int FLOOD_REST = 4;

    private static final Duration LONGEST_FLOOD_REST = Duration.ofMillis(400);
    private static final Duration AFTER_OVERTAKEN = Duration.ofMillis(50);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

    private final ReducedWatch<WatchedService> serviceWatch;
    private final ReducedWatch<OwnMap> mapWatch;
    private final ClusterWatches cluster;
    private final MetallbSources metallb;
    private final MetallbPresence presence;
    private final ConfigBook config;
    private final LedgerBook ledger;
    private final ServiceBook services;
    private final AnnouncedBook announced = new AnnouncedBook();
    private final Planner planner = new Planner();
    private final Applier applier;
    private final StatusWriters writers;
    private final Answers answers;
    private final ControllerMetrics metrics;
    private final BooleanSupplier leads;
    private final String ourClass;
    private final Clock clock;

    private final Semaphore signal;
    private volatile boolean stopping;
    private volatile long lastBeat = System.nanoTime();
    private volatile long lastPlan = System.nanoTime();
    private volatile Snapshot last = Snapshot.NONE;
    private Duration backoff = Duration.ZERO;
    private List<String> ledgerProblemsTold = List.of();

    /** @param signal gets a permit whenever something changed */
    Loop(
            Semaphore signal,
            ReducedWatch<WatchedService> serviceWatch,
            ReducedWatch<OwnMap> mapWatch,
            ClusterWatches cluster,
            MetallbSources metallb,
            MetallbPresence presence,
            ConfigBook config,
            LedgerBook ledger,
            ServiceBook services,
            Applier applier,
            StatusWriters writers,
            Answers answers,
            ControllerMetrics metrics,
            BooleanSupplier leads,
            String ourClass,
            Clock clock) {
        this.signal = signal;
        this.serviceWatch = serviceWatch;
        this.mapWatch = mapWatch;
        this.cluster = cluster;
        this.metallb = metallb;
        this.presence = presence;
        this.config = config;
        this.ledger = ledger;
        this.services = services;
        this.applier = applier;
        this.writers = writers;
        this.answers = answers;
        this.metrics = metrics;
        this.leads = leads;
        this.ourClass = ourClass;
        this.clock = clock;
    }

    /** What the last turn found. */
    Snapshot last() {
        return last;
    }

    /** Since the loop last showed that it is alive. */
    Duration sinceLastBeat() {
        return Duration.ofNanos(System.nanoTime() - lastBeat);
    }

    /** Since a plan was carried out, or since this replica last had none to carry out. */
    Duration sinceLastPlan() {
        return Duration.ofNanos(System.nanoTime() - lastPlan);
    }

    void stop() {
        stopping = true;
        signal.release();
    }

    @Override
    public void run() {
        Duration wait = Duration.ZERO;
        while (!stopping) {
            try {
                // A permit means news; without any the loop looks again after a while.
                if (signal.tryAcquire(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS)) {
                    signal.drainPermits();
                }
            } catch (InterruptedException stopped) {
                return;
            }
            if (!stopping) {
                wait = timedTurn();
            }
        }
    }

    private Duration timedTurn() {
        long began = System.nanoTime();
        lastBeat = began;
        Duration wait;
        try {
            wait = turn();
        } catch (KubeException away) {
            LOG.atWarn().addKeyValue("why", away.getMessage()).log("the API server did not do what was asked");
            wait = backOff();
        } catch (RuntimeException defect) {
            LOG.atError().setCause(defect).log("a turn of the loop failed in a way that was not foreseen");
            wait = backOff();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        metrics.turn(took.toNanos() / 1e9);
        boolean flood = writers.waiting() > FLOOD;
        LockSupport.parkNanos(
                flood
                        ? Math.min(FLOOD_REST * took.toNanos(), LONGEST_FLOOD_REST.toNanos())
                        : Math.min(took.toNanos(), LONGEST_REST.toNanos()));
        return wait;
    }

    private Duration backOff() {
        backoff = backoff.isZero() ? FIRST_BACKOFF : backoff.multipliedBy(2);
        backoff = backoff.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : backoff;
        // News must not make it try faster than that.
        LockSupport.parkNanos(backoff.toNanos());
        return Duration.ZERO;
    }

    /** One turn; says when to look again even without news. */
    private Duration turn() {
        writers.results().forEach(answers::take);
        if (!leads.getAsBoolean()) {
            services.clear();
            lastPlan = System.nanoTime();
            last = Snapshot.NONE;
            return TICK;
        }
        if (!serviceWatch.synced() || !mapWatch.synced() || !cluster.unsynced().isEmpty()) {
            return TICK;
        }
        if (metallb.waitingFor().isPresent()) {
            return SOON;
        }
        Collection<OwnMap> maps = mapWatch.snapshot().values();
        Optional<EffectiveConfig> inForce = config.update(maps);
        lastBeat = System.nanoTime();
        if (inForce.isEmpty() && config.inForce().generation() == 0) {
            return backOff();
        }
        // What could not be published is not in force; Services are served by what is.
        EffectiveConfig active = inForce.orElseGet(config::inForce);
        long now = System.nanoTime();
        Ledger held = ledger.read(maps, now);
        tellLedgerProblems();
        Config configuration = active.config();
        ClusterView view = new ClusterView(
                configuration,
                ourClass,
                services.views(serviceWatch.snapshot(), now),
                cluster.namespaces(),
                presence.look());
        Instant time = clock.instant();
        Plan plan = planner.next(view, held, time);
        Applier.Outcome outcome = applier.apply(plan, now);
        applier.announce(announced.due(services.all(), cluster.announcers(maps), configuration, time), now);
        lastBeat = System.nanoTime();
        last = new Snapshot(time, active, held, plan.decisions());
        if (inForce.isEmpty()) {
            return backOff();
        }
        if (outcome != Applier.Outcome.FAILED) {
            lastPlan = System.nanoTime();
        }
        return switch (outcome) {
            case DONE -> calm(untilNews(plan, time));
            case LEDGER_CHANGED -> calm(Duration.ZERO);
            case OVERTAKEN -> calm(AFTER_OVERTAKEN);
            case FAILED -> backOff();
        };
    }

    private Duration calm(Duration wait) {
        backoff = Duration.ZERO;
        return wait;
    }

    private Duration untilNews(Plan plan, Instant time) {
        Duration wait = TICK;
        Optional<Duration> rested = plan.wakeAt().map(at -> Duration.between(time, at));
        long now = System.nanoTime();
        Optional<Duration> retry = services.nextRetry(now).map(at -> Duration.ofNanos(at - now));
        Optional<Duration> doubted = metallb.again();
        if (doubted.isPresent() && doubted.get().compareTo(wait) < 0) {
            wait = doubted.get();
        }
        if (rested.isPresent() && rested.get().compareTo(wait) < 0) {
            wait = rested.get();
        }
        if (retry.isPresent() && retry.get().compareTo(wait) < 0) {
            wait = retry.get();
        }
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private void tellLedgerProblems() {
        List<String> problems = ledger.problems();
        problems.stream()
                .filter(problem -> !ledgerProblemsTold.contains(problem))
                .forEach(problem ->
                        LOG.atWarn().addKeyValue("problem", problem).log("an entry of the ledger is left out"));
        ledgerProblemsTold = problems;
    }
}
