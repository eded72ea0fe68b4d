package dev.clarion.speaker;

import dev.clarion.announcement.AddressDecision;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.arpndp.InterfaceStatus;
import dev.clarion.bgp.RestartFacts;
import dev.clarion.kube.KubeException;
import dev.clarion.linux.BootId;
import dev.clarion.linux.Capabilities;
import dev.clarion.linux.Sysctl;
import dev.clarion.linux.flows.FlowObstacle;
import dev.clarion.net.Ip;
import dev.clarion.speaker.flows.FlowKeeper;
import dev.clarion.speaker.flows.FlowKeeping;
import dev.clarion.speaker.flows.Surroundings;
import dev.clarion.telemetry.HttpEndpoints;
import dev.clarion.telemetry.Metrics;
import dev.clarion.telemetry.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole program, put together: the API on one side, the wire on the other, the loop between them. */
final class Speaker {
    private static final Logger LOG = LoggerFactory.getLogger(Speaker.class);

    private final ApiSide api;
    private final WireSide wire;
    private final Semaphore wake;
    private final OwnershipSide ownership;
    private final FlowKeeper flows;
    private final PeerPasswords passwords;
    private final BfdSide bfd;
    private final NodeMemory memory;
    private final KernelWatch kernel;
    private final SpeakerLoop loop;
    private final Thread loopThread;
    private final HttpEndpoints probes;
    private final HttpEndpoints metricsPage;
    private final StatusWriter statusWriter;
    private final StopSequence stopSequence;
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * Starts everything.
     *
     * @throws KubeException if there is no way to the API server
     * @throws IOException if the kernel refuses what is needed, or a port is taken
     */
    static Speaker start(SpeakerOptions options, String version) throws IOException {
        Semaphore wake = new Semaphore(0);
        FutureTask<ApiSide> starting = new FutureTask<>(() -> ApiSide.start(options, version, wake));
        Thread.ofPlatform().name("start-api").daemon().start(starting);
        Metrics metrics = new Metrics("speaker", version);
        SpeakerMetrics counters = new SpeakerMetrics(metrics);
        FrameNews news = new FrameNews(counters);
        SessionNews sessions = new SessionNews(counters);
        RestartFacts before = new RestartFacts(BootId.read(), NodeMemory.sessions(options.stateDir, options.nodeName));
        WireSide wire = WireSide.start(Listen.on(options.bgpListen), before, sessions, news, wake);
        Optional<Known> remembered = NodeMemory.known(options.stateDir, options.nodeName);
        return new Speaker(options, version, wake, metrics, counters, sessions, wire, news, join(starting), remembered);
    }

    private static ApiSide join(FutureTask<ApiSide> starting) {
        try {
            return starting.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new KubeException("Could not start: " + failed.getCause(), failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KubeException("Stopped while starting.", stopping);
        }
    }

    private Speaker(
            SpeakerOptions options,
            String version,
            Semaphore wake,
            Metrics metrics,
            SpeakerMetrics counters,
            SessionNews sessions,
            WireSide wire,
            FrameNews news,
            ApiSide api,
            Optional<Known> remembered)
            throws IOException {
        this.api = api;
        this.wire = wire;
        this.wake = wake;
        String node = options.nodeName;
        DecisionLog decisions = new DecisionLog(node, api.events(), counters::decided);
        flows = flows(options);
        counters.flows(flows::relayed);
        ownership = new OwnershipSide(
                ownershipLoops(options, counters, news), () -> NodeMemory.owners(options.stateDir, node));
        counters.ownership(ownership);
        passwords = PeerPasswords.of(api.client(), api.namespace(), wake::release);
        bfd = new BfdSide(wire.bgp(), counters);
        RouteSide routes = new RouteSide(
                new RouteSide.Home(node, api.namespace(), options.bgpListen.isPresent()),
                passwords,
                wire.links(),
                wire.bgp()::apply,
                (peers, profiles, segments) -> {
                    wire.routers().watch(peers);
                    bfd.watch(peers, profiles, segments);
                });
        loop = new SpeakerLoop(new SpeakerLoop.Parts(
                node,
                wake,
                api.watches(),
                wire.links(),
                api.lease(),
                api.objects(),
                wire,
                wire.rules()::now,
                routes,
                ownership,
                new KeySource(options.heartbeatKeys),
                remembered,
                decisions,
                this::nowAlive));
        memory = new NodeMemory(options.stateDir, node, loop::seen, () -> ownership.keep(false), sessions::record);
        kernel = new KernelWatch(
                node,
                new KernelWatch.Sight(wire.links()::links, this::segments, this::addresses),
                new Sysctl(),
                api.events());
        counters.kernel(kernel::findings);
        Reports reports = new Reports(
                new Reports.Identity(node, version, BootId.read()),
                loop::state,
                wire.links(),
                wire.neighbours(),
                new PeerReport(
                        wire.bgp(),
                        bfd::status,
                        routes::obstacles,
                        routes::warnings,
                        List.of(
                                bfd::problems,
                                () -> wire.routers().problem().stream().toList())),
                new OwnershipReport(ownership, memory::problem, kernel::findings, flows));
        counters.lookUp(() -> wire.neighbours().status().size(), wire.bgp()::status);
        counters.bfd(bfd::status);
        sessions.record(api.events(), node);
        statusWriter = new StatusWriter(reports::map, api.objects());
        Health health = new Health(loop::state, wire.neighbours(), System::nanoTime);
        probes = HttpEndpoints.probes(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), options.probePort),
                health.healthy(),
                health.ready(),
                () -> Tree.json(reports.state()));
        metricsPage = HttpEndpoints.metrics(
                new InetSocketAddress(InetAddress.ofLiteral(options.metricsAddress), options.metricsPort), metrics);
        stopSequence = new StopSequence(
                api.requests(),
                api.namespace(),
                options.daemonSet,
                node,
                api.watches(),
                api.lease(),
                ownership,
                () -> {
                    routes.leave();
                    wake.release();
                },
                wire.bgp()::stop);
        memory.start();
        kernel.start();
        loopThread = Thread.ofPlatform().name("loop").start(loop);
        LOG.atInfo()
                .addKeyValue("node", node)
                .addKeyValue("version", version)
                .addKeyValue("namespace", api.namespace())
                .addKeyValue("probes", probes.address())
                .addKeyValue("metrics", metricsPage.address())
                .log("speaker started");
        Readiness.announce(health.ready());
    }

    private Set<String> segments() {
        return wire.neighbours().interfaces().stream()
                .map(InterfaceStatus::interfaceName)
                .collect(Collectors.toSet());
    }

    private Collection<Ip> addresses() {
        return loop.state()
                .intent()
                .map(intent -> intent.decisions().values().stream()
                        .filter(decision -> decision.owner().isPresent())
                        .map(AddressDecision::address)
                        .toList())
                .orElse(List.of());
    }

    /** Without the option it is said once why connections do not survive. */
    private FlowKeeper flows(SpeakerOptions options) {
        if (options.keepFlows) {
            return FlowKeeping.ofKernel(
                    () -> ownership.running().map(OwnershipLoop::surroundings).orElse(Surroundings.NOTHING));
        }
        String why = Capabilities.hasNetAdmin() ? "--keep-flows is not given" : FlowObstacle.NO_NET_ADMIN.text();
        LOG.info("flows are not kept: {}", why);
        return FlowKeeper.none(why);
    }

    /** A session is told apart from all others, so it is thrown with dice and not read from a clock that may jump. */
    private OwnershipSide.Starter ownershipLoops(SpeakerOptions options, SpeakerMetrics counters, FrameNews news) {
        OwnershipLog log = new OwnershipLog(options.nodeName, counters, api.events(), wake::release);
        return (keys, kept, bridge) -> {
            try {
                UUID boot = UUID.fromString(BootId.read());
                OwnershipLoop made = new OwnershipLoop(
                        new OwnershipLoop.Parts(
                                options.nodeName,
                                new Session(
                                        boot.getMostSignificantBits() ^ boot.getLeastSignificantBits(),
                                        new SecureRandom().nextLong()),
                                options.ownership(),
                                new HeartbeatTransport(options.heartbeatPort),
                                wire,
                                log,
                                flows,
                                () -> Priority.raise("ownership", Priority.OWNERSHIP)),
                        keys,
                        kept,
                        bridge);
                news.readBy(made);
                return made;
            } catch (IOException refused) {
                throw new IllegalStateException("heartbeats cannot begin: " + refused.getMessage(), refused);
            }
        };
    }

    /** Only now: before, the Node was not known, which owns what is written. */
    private void nowAlive() {
        api.lease().start();
        statusWriter.start();
    }

    /** Waits until {@link #stop} is through. */
    void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes leave in the way that the evidence asks for, and ends everything. */
    void stop() {
        try {
            statusWriter.close();
            stopSequence.run();
            loop.stop();
            loopThread.join(SpeakerLoop.TURN.multipliedBy(10));
            ownership.stop();
            flows.close();
            memory.close(ownership.keep(true));
            kernel.close();
            wire.close();
            bfd.close();
            passwords.close();
            probes.close();
            metricsPage.close();
            api.close();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } finally {
            LOG.info("speaker ended");
            ended.countDown();
        }
    }
}
