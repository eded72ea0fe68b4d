package dev.clarion.controller;

import dev.clarion.allocation.Plan;
import dev.clarion.allocation.Release;
import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.ShardChange;
import dev.clarion.allocation.ShardId;
import dev.clarion.allocation.StatusChange;
import dev.clarion.kube.KubeException;
import dev.clarion.kube.StoreOutcome;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a plan, in the order that keeps it safe: holders of addresses to be given back are read afresh, then the
 * ledger is swapped shard by shard, then those statuses are handed on whose shards were stored.
 */
final class Applier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);
    private static final int CONNECTIONS = 4;
    /** So many addresses are given back in one turn; the others follow in the next. */
    private static final int MOST_RELEASES = 400;

    private static final Duration LAST_WRITES = Duration.ofSeconds(3);

    private final KubernetesClient client;
    private final LedgerBook ledger;
    private final ServiceBook services;
    private final StatusWriters writers;
    private final BooleanSupplier fence;
    private final ControllerMetrics metrics;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            CONNECTIONS, Thread.ofVirtual().name("ledger-", 0).factory());

    Applier(
            KubernetesClient client,
            LedgerBook ledger,
            ServiceBook services,
            StatusWriters writers,
            BooleanSupplier fence,
            ControllerMetrics metrics) {
        this.client = client;
        this.ledger = ledger;
        this.services = services;
        this.writers = writers;
        this.fence = fence;
        this.metrics = metrics;
    }

    /** How a plan went. */
    enum Outcome {
        /** All of it is stored or on its way. */
        DONE,
        /** The ledger changed: what was freed may serve others, so plan again. */
        LEDGER_CHANGED,
        /** Somebody else wrote the ledger, or a holder was not as expected: plan again on what is there now. */
        OVERTAKEN,
        /** The API server did not do it: try again later. */
        FAILED
    }

    Outcome apply(Plan plan, long now) {
        Set<Release> confirmed = confirm(plan);
        Map<ShardId, ShardResult> results = swap(plan, confirmed, now);
        Set<ShardId> stored = new HashSet<>();
        results.forEach((id, result) -> {
            if (result == ShardResult.STORED) {
                stored.add(id);
            }
        });
        for (StatusChange change : plan.statusesAfter(stored)) {
            Contests.Content content = Contests.Content.of(change);
            if (services.mayWrite(change, content, now)) {
                hand(change, content, now);
            }
        }
        if (results.containsValue(ShardResult.FAILED)) {
            return Outcome.FAILED;
        }
        if (results.containsValue(ShardResult.OVERTAKEN)) {
            return Outcome.OVERTAKEN;
        }
        return stored.isEmpty() ? Outcome.DONE : Outcome.LEDGER_CHANGED;
    }

    private void hand(StatusChange change, Contests.Content content, long planned) {
        services.find(change.service()).ifPresent(service -> {
            services.sent(change, content);
            writers.send(change, () -> StatusPatch.of(change, service), planned);
        });
    }

    /** Hands on those conditions {@code Announced} that nothing else is in the way of; the others come again. */
    void announce(List<AnnouncedBook.Update> updates, long planned) {
        for (AnnouncedBook.Update update : updates) {
            StatusChange change = update.change();
            Contests.Content content = Contests.Content.of(update);
            if (services.mayWrite(change, content, planned)) {
                services.find(change.service()).ifPresent(service -> {
                    services.sent(change, content);
                    writers.sendLater(
                            change,
                            () -> StatusPatch.of(change, new WatchedService(service.view(), update.others())),
                            planned);
                });
            }
        }
    }

    private enum ShardResult {
        STORED,
        OVERTAKEN,
        FAILED
    }

    private Map<ShardId, ShardResult> swap(Plan plan, Set<Release> confirmed, long now) {
        AtomicBoolean failed = new AtomicBoolean();
        Map<ShardId, Callable<ShardResult>> tasks = new HashMap<>();
        for (ShardChange change : plan.ledger()) {
            if (change.needed(confirmed::contains)) {
                // Once a write has failed the API server is away or refuses: the others need not wait for it as well.
                tasks.put(change.id(), () -> failed.get() ? ShardResult.FAILED : swap(change, confirmed, now, failed));
            }
        }
        return await(tasks, ShardResult.FAILED);
    }

    private ShardResult swap(ShardChange change, Set<Release> confirmed, long now, AtomicBoolean failed) {
        if (!fence.getAsBoolean()) {
            return ShardResult.OVERTAKEN;
        }
        StoreOutcome outcome;
        try {
            outcome = ledger.swap(
                    change.base(), change.content(confirmed::contains).values(), now);
        } catch (KubeException unreadable) {
            outcome = new StoreOutcome.Failed(String.valueOf(unreadable.getMessage()));
        }
        metrics.ledgerWrite(outcome);
        return switch (outcome) {
            case StoreOutcome.Stored stored -> {
                log(change, confirmed);
                yield ShardResult.STORED;
            }
            case StoreOutcome.Conflict conflict -> overtaken(change);
            case StoreOutcome.Gone gone -> overtaken(change);
            case StoreOutcome.Failed(String why) -> {
                failed.set(true);
                LOG.atWarn()
                        .addKeyValue("shard", change.id())
                        .addKeyValue("why", why)
                        .log("the ledger could not be written");
                yield ShardResult.FAILED;
            }
        };
    }

    private static ShardResult overtaken(ShardChange change) {
        LOG.atInfo().addKeyValue("shard", change.id()).log("somebody else wrote the ledger; planning again");
        return ShardResult.OVERTAKEN;
    }

    private static void log(ShardChange change, Set<Release> confirmed) {
        change.releases().stream()
                .filter(confirmed::contains)
                .forEach(release -> LOG.atInfo()
                        .addKeyValue("address", release.ip())
                        .addKeyValue("service", release.holder().service())
                        .addKeyValue("reason", release.reason().word())
                        .log("address given back"));
        LOG.atDebug()
                .addKeyValue("shard", change.id())
                .addKeyValue("puts", change.puts().size())
                .log("ledger written");
    }

    /** Those releases that a fresh reading of the holder confirms. */
    private Set<Release> confirm(Plan plan) {
        Map<Release, Callable<Boolean>> tasks = new HashMap<>();
        plan.ledger().stream()
                .flatMap(change -> change.releases().stream())
                .limit(MOST_RELEASES)
                .forEach(release -> tasks.put(release, () -> fence.getAsBoolean() && confirmed(release)));
        Set<Release> confirmed = new HashSet<>();
        await(tasks, false).forEach((release, holds) -> {
            if (holds) {
                confirmed.add(release);
            }
        });
        return confirmed;
    }

    private boolean confirmed(Release release) {
        ServiceKey holder = release.holder().service();
        try {
            Service fresh = client.services()
                    .inNamespace(holder.namespace())
                    .withName(holder.name())
                    .get();
            return release.confirmedBy(Optional.ofNullable(fresh)
                    .map(Service::getMetadata)
                    .map(meta -> new Release.Fresh(meta.getUid(), meta.getResourceVersion())));
        } catch (KubernetesClientException away) {
            LOG.atWarn()
                    .addKeyValue("service", holder)
                    .addKeyValue("why", away.getMessage())
                    .log("the holder of an address could not be read; it keeps the address for now");
            return false;
        }
    }

    private <K, R> Map<K, R> await(Map<K, Callable<R>> tasks, R ifFailed) {
        Map<K, Future<R>> running = new HashMap<>();
        tasks.forEach((key, task) -> running.put(key, threads.submit(task)));
        Map<K, R> results = new HashMap<>();
        List<Throwable> defects = new ArrayList<>();
        running.forEach((key, future) -> {
            try {
                results.put(key, future.get());
            } catch (ExecutionException defect) {
                defects.add(defect.getCause() == null ? defect : defect.getCause());
                results.put(key, ifFailed);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                results.put(key, ifFailed);
            }
        });
        defects.stream()
                .findFirst()
                .ifPresent(defect ->
                        LOG.atError().setCause(defect).log("part of a plan failed in a way that was not foreseen"));
        return results;
    }

    /** Lets the ledger's writes that are under way come to an end. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_WRITES.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
