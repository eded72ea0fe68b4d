package dev.clarion.speaker;

import dev.clarion.bgp.BfdState;
import dev.clarion.bgp.BgpSpeaker;
import dev.clarion.bgp.PeerConfig;
import dev.clarion.bgp.PeerPlace;
import dev.clarion.bgp.PeerStatus;
import dev.clarion.bgp.Reach;
import dev.clarion.bgp.bfd.BfdEngine;
import dev.clarion.bgp.bfd.BfdException;
import dev.clarion.bgp.bfd.BfdListener;
import dev.clarion.bgp.bfd.BfdOptions;
import dev.clarion.bgp.bfd.BfdProblem;
import dev.clarion.bgp.bfd.BfdProfile;
import dev.clarion.bgp.bfd.BfdSessionConfig;
import dev.clarion.bgp.bfd.BfdStatus;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches BGP peers by BFD, and tells the sessions what it sees. The engine begins with the first peer that wants it: a
 * node without such a peer has no thread for it. {@link #watch} belongs to the loop's thread.
 */
final class BfdSide implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BfdSide.class);
    /** Where the problem of the engine as a whole stands among those of the peers. */
    private static final String ENGINE = "";

    private final BgpSpeaker bgp;
    private final SpeakerMetrics metrics;
    private final SortedMap<String, String> problems = new ConcurrentSkipListMap<>();
    /** Takes what the engine's thread, which must not wait, has to tell; in its order. */
    private final ExecutorService news = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("bfd-news").factory());

    private volatile @Nullable BfdEngine engine;
    private final Function<BfdListener, BfdEngine> opening;
    private final LongSupplier clock;
    private final Retries retries = new Retries();
    private Map<String, BfdSessionConfig> wanted = Map.of();

    BfdSide(BgpSpeaker bgp, SpeakerMetrics metrics) {
        this(bgp, metrics, listener -> new BfdEngine(listener, new BfdOptions(BfdSide::raise)), System::nanoTime);
    }

    /**
     * With an engine of one's own.
     *
     * @param opening throws {@link BfdException} while the kernel refuses
     * @param clock of the loop, in nanoseconds
     */
    BfdSide(BgpSpeaker bgp, SpeakerMetrics metrics, Function<BfdListener, BfdEngine> opening, LongSupplier clock) {
        this.bgp = bgp;
        this.metrics = metrics;
        this.opening = opening;
        this.clock = clock;
    }

    /**
     * Makes these the sessions.
     *
     * @param peers of the BGP speaker
     * @param profiles by name
     * @param segments this node's networks: a peer in none of them is some hops away
     */
    void watch(Collection<PeerConfig> peers, Map<String, BfdProfile> profiles, List<Prefix> segments) {
        Map<String, BfdSessionConfig> next = new TreeMap<>();
        Map<String, PeerStatus> found = new HashMap<>();
        if (peers.stream().anyMatch(peer -> peer.bfdProfile().isPresent())) {
            bgp.status().forEach(peer -> found.put(peer.name(), peer));
        }
        for (PeerConfig peer : peers) {
            Optional<BfdProfile> profile = peer.bfdProfile().map(profiles::get);
            Optional<Ip> router = peer.address()
                    .or(() -> Optional.ofNullable(found.get(peer.name())).flatMap(PeerStatus::address));
            if (profile.isPresent() && router.isPresent()) {
                next.put(peer.name(), session(peer, router.get(), profile.get(), segments));
            }
        }
        if (ready(!next.isEmpty()) && !next.equals(wanted)) {
            wanted = next;
            BfdEngine running = engine;
            if (running != null) {
                running.sessions(next);
            }
        }
        found.values().stream()
                .filter(peer -> peer.session().bfd() == BfdState.UNKNOWN && wanted.containsKey(peer.name()))
                .forEach(peer -> news.execute(() -> tellAgain(peer.name())));
    }

    /** A session with settings of another kind begins anew, while BFD goes on: it has not heard yet. In turn with the news. */
    private void tellAgain(String name) {
        status().stream()
                .flatMap(status -> status.sessions().stream())
                .filter(session ->
                        session.key().equals(name) && session.state() == dev.clarion.bgp.bfd.wire.BfdState.UP)
                .forEach(session -> bgp.bfdUp(name));
    }

    static BfdSessionConfig session(PeerConfig peer, Ip router, BfdProfile profile, List<Prefix> segments) {
        boolean onInterface = peer.place() instanceof PeerPlace.Interface;
        boolean near =
                onInterface || router.isLinkLocal() || segments.stream().anyMatch(segment -> segment.contains(router));
        boolean multihop = peer.reach() instanceof Reach.Multihop || !near;
        Optional<String> on = switch (peer.place()) {
            case PeerPlace.Interface(String name) -> Optional.of(name);
            case PeerPlace.Address(Ip address) -> address.isLinkLocal() ? peer.device() : Optional.empty();
        };
        Optional<String> vrf = on.isPresent() ? Optional.empty() : peer.device();
        return new BfdSessionConfig(
                router, peer.localAddress(), multihop && !onInterface ? Optional.empty() : on, vrf, multihop, profile);
    }

    /** Whether there is an engine, if one is needed. */
    private boolean ready(boolean needed) {
        if (engine != null) {
            return true;
        }
        if (!needed) {
            problems.remove(ENGINE);
            retries.forget();
            return true;
        }
        long now = clock.getAsLong();
        if (!retries.due(now)) {
            return false;
        }
        try {
            engine = opening.apply(new News());
            if (problems.remove(ENGINE) != null) {
                LOG.info("peers are watched by BFD now");
            }
            return true;
        } catch (BfdException cannot) {
            retries.refused(now);
            String why = "peers are not watched by BFD: " + cannot.getMessage();
            if (!why.equals(problems.put(ENGINE, why))) {
                LOG.warn(why);
            }
            return false;
        }
    }

    private static BfdStatus.Scheduling raise() {
        return Priority.raised("bfd", Priority.BFD)
                .map(why -> new BfdStatus.Scheduling(false, why))
                .orElseGet(() -> new BfdStatus.Scheduling(true, "real time"));
    }

    /** What is wrong, in words. */
    Collection<String> problems() {
        return problems.values();
    }

    /** How the engine is; empty if no peer wants it. */
    Optional<BfdStatus> status() {
        return Optional.ofNullable(engine).map(BfdEngine::status);
    }

    @Override
    public void close() {
        BfdEngine running = engine;
        if (running != null) {
            running.close();
        }
        news.shutdown();
    }

    /** Hands on, and returns at once. */
    private final class News implements BfdListener {
        private final Executor later = news;

        @Override
        public void changed(String key, Change change) {
            later.execute(() -> {
                metrics.bfdChanged(key, change);
                StateLog.bfdChanged(key, change);
                switch (change.to()) {
                    case UP -> bgp.bfdUp(key);
                    case ADMIN_DOWN -> bgp.bfdAdminDown(key);
                    case DOWN, INIT -> {
                        if (change.failed()) {
                            bgp.bfdDown(key, change.reason() + ", " + change.diagnostic());
                        } else if (change.from() == dev.clarion.bgp.bfd.wire.BfdState.UP) {
                            bgp.bfdAdminDown(key);
                        }
                    }
                }
            });
        }

        @Override
        public void problem(String key, BfdProblem problem, String detail) {
            later.execute(() -> {
                problems.put(key + " " + problem, "BFD of peer " + key + ": " + problem.text() + " " + detail);
                LOG.atWarn()
                        .addKeyValue("peer", key)
                        .addKeyValue("problem", problem)
                        .addKeyValue("detail", detail)
                        .log(problem.text());
            });
        }

        @Override
        public void solved(String key, BfdProblem problem) {
            later.execute(() -> problems.remove(key + " " + problem));
        }
    }
}
