package dev.clarion.controller;

import dev.clarion.allocation.PoolUsage;
import dev.clarion.config.Problem;
import dev.clarion.controller.metallb.MetallbSources;
import dev.clarion.controller.metallb.PoolCounters;
import dev.clarion.kube.ConfigMapStore;
import dev.clarion.kube.EventRecorder;
import dev.clarion.kube.LeaderElection;
import dev.clarion.kube.ReducedWatch;
import dev.clarion.kube.SecretMaker;
import dev.clarion.kube.ServiceStatusWriter;
import dev.clarion.telemetry.HealthCheck;
import dev.clarion.telemetry.HttpEndpoints;
import dev.clarion.telemetry.Metrics;
import dev.clarion.telemetry.Readiness;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The controller, put together: watches, election, loop, writers, endpoints. */
final class Controller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
    private static final Duration LONGEST_WITHOUT_PLAN = Duration.ofSeconds(60);
    private static final Duration LONGEST_TURN = Duration.ofSeconds(30);
    private static final Duration LAST_TURN = Duration.ofSeconds(3);

    private final KubernetesClient client;
    private final Semaphore signal = new Semaphore(0);
    private final ReducedWatch<WatchedService> services;
    private final ReducedWatch<OwnMap> maps;
    private final ClusterWatches cluster;
    private final MetallbSources metallb;
    private final PoolCounters counters;
    private final EventRecorder events;
    private final LeaderElection election;
    private final ConfigBook config;
    private final LedgerBook ledger;
    private final StatusWriters writers;
    private final Applier applier;
    private final Loop loop;
    private final HeartbeatKey heartbeatKey;
    private final Thread thread;
    private final List<HttpEndpoints> endpoints;

    /**
     * Starts it.
     *
     * @throws IOException if it cannot listen where it was told to
     */
    Controller(KubernetesClient client, Settings settings) throws IOException {
        this.client = client;
        Metrics metrics = new Metrics("controller", settings.version());
        ControllerMetrics counts = new ControllerMetrics(metrics);
        this.services = ReducedWatch.of(client, Service.class)
                .start(service -> Optional.of(WatchedService.of(service)), signal::release);
        this.maps = ReducedWatch.of(client, ConfigMap.class)
                .inNamespace(settings.namespace())
                .start(OwnMap::of, signal::release);
        this.cluster = new ClusterWatches(client, signal::release);
        this.metallb = new MetallbSources(client, settings.metallb(), signal::release);
        this.events = new EventRecorder(
                client, "clarion-controller", settings.election().identity());
        this.election = new LeaderElection(client, settings.election(), new LeaderElection.Listener() {
            @Override
            public void started() {
                signal.release();
            }

            @Override
            public void stopped() {
                signal.release();
            }
        });
        ConfigMapStore store = new ConfigMapStore(client, settings.namespace());
        this.config = new ConfigBook(store, events, settings.namespace(), metallb, cluster::surroundings);
        this.ledger = new LedgerBook(store);
        this.writers = new StatusWriters(new ServiceStatusWriter(client), election::isLeader, signal::release);
        ServiceBook book = new ServiceBook();
        this.applier = new Applier(client, ledger, book, writers, election::isLeader, counts);
        this.loop = new Loop(
                signal,
                services,
                maps,
                cluster,
                metallb,
                new MetallbPresence(metallb, events, settings.namespace()),
                config,
                ledger,
                book,
                applier,
                writers,
                new Answers(book, events, counts),
                counts,
                election::isLeader,
                settings.ourClass(),
                Clock.systemUTC());
        counts.lookUp(loop::last, this::problems, election::isLeader, events);
        this.counters = new PoolCounters(client, metallb, this::counted);
        this.heartbeatKey = new HeartbeatKey(new SecretMaker(client, settings.namespace()), election::isLeader);
        this.thread = Thread.ofPlatform().name("loop").start(loop);
        heartbeatKey.start();
        this.endpoints = List.of(
                HttpEndpoints.probes(settings.probes(), healthy(), ready(), this::state),
                HttpEndpoints.metrics(settings.metrics(), metrics));
        Readiness.announce(ready());
    }

    private List<HealthCheck> healthy() {
        return List.of(
                new HealthCheck(
                        "loop",
                        () -> problem(
                                loop.sinceLastBeat().compareTo(LONGEST_TURN) > 0,
                                "has not turned for " + loop.sinceLastBeat().toSeconds() + " s")),
                new HealthCheck("loop-thread", () -> problem(!thread.isAlive(), "has ended; see the log")));
    }

    private List<HealthCheck> ready() {
        return List.of(
                new HealthCheck(
                        "services",
                        () -> problem(!services.synced(), "not listed yet; may this service account list Services?")),
                new HealthCheck(
                        "configmaps",
                        () -> problem(!maps.synced(), "not listed yet; may this service account list ConfigMaps?")),
                new HealthCheck("metallb", metallb::waitingFor),
                new HealthCheck(
                        "cluster",
                        () -> problem(
                                !cluster.unsynced().isEmpty(),
                                "not listed yet: " + String.join(", ", cluster.unsynced())
                                        + "; may this service account list them?")),
                new HealthCheck(
                        "plan",
                        () -> problem(
                                election.isLeader() && loop.sinceLastPlan().compareTo(LONGEST_WITHOUT_PLAN) > 0,
                                "leads, but has carried out no plan for "
                                        + loop.sinceLastPlan().toSeconds() + " s; see the log")),
                new HealthCheck(
                        "leader",
                        () -> problem(
                                !election.isLeader() && election.leader().isEmpty(),
                                "nobody leads as far as is known")));
    }

    private static Optional<String> problem(boolean there, String what) {
        return there ? Optional.of(what) : Optional.empty();
    }

    /** What the last turn found; {@link Snapshot#NONE} while another leads. */
    Snapshot last() {
        return loop.last();
    }

    /** What the counters of pools are to say, as long as it is this replica that knows. */
    private Optional<PoolCounters.Count> counted() {
        Snapshot last = loop.last();
        return election.isLeader() && last.at().isAfter(Snapshot.NONE.at())
                ? Optional.of(new PoolCounters.Count(
                        last.config(), PoolUsage.of(last.config().config(), last.ledger(), last.at())))
                : Optional.empty();
    }

    /** One who follows does not look at the configuration, and would tell what was mended long ago. */
    private List<Problem> problems() {
        return election.isLeader() ? config.problems() : List.of();
    }

    private String state() {
        return StateJson.of(
                election.isLeader() ? "leader" : "follower",
                election.leader(),
                loop.last(),
                problems(),
                ledger.problems());
    }

    /** Finishes what is being written, gives the lead back, and stops. */
    @Override
    public void close() {
        LOG.info("stopping");
        loop.stop();
        try {
            thread.join(LAST_TURN);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        writers.close();
        applier.close();
        election.close();
        events.close();
        services.close();
        maps.close();
        cluster.close();
        counters.close();
        heartbeatKey.close();
        metallb.close();
        endpoints.forEach(HttpEndpoints::close);
        client.close();
        LOG.info("stopped");
    }
}
