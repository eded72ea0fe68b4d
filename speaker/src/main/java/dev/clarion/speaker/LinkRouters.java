package dev.clarion.speaker;

import dev.clarion.bgp.Neighbors;
import dev.clarion.bgp.PeerConfig;
import dev.clarion.bgp.PeerPlace;
import dev.clarion.linux.Link;
import dev.clarion.linux.LinuxException;
import dev.clarion.linux.RouterDiscovery;
import dev.clarion.net.Ip;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routers on this node's interfaces, for peers that are given by an interface. They are looked for from the first such
 * peer on: a node without one sends no router advertisement. {@link #watch} belongs to the loop's thread.
 */
final class LinkRouters implements Neighbors, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkRouters.class);

    /** Looks for routers; as {@link RouterDiscovery}. */
    interface Search extends AutoCloseable {
        void watch(Set<String> interfaceNames);

        Set<Ip> routers(int index);

        @Override
        void close();
    }

    /** Begins to look for routers. */
    @FunctionalInterface
    interface Opening {
        /**
         * Whoever looks for them.
         *
         * @param changed called when routers came or went
         * @throws LinuxException if the kernel refuses
         */
        Search open(Runnable changed) throws LinuxException;
    }

    private final Supplier<List<Link>> links;
    private final Opening opening;
    private final LongSupplier clock;
    private final Retries retries = new Retries();
    private volatile Runnable changed = () -> {};
    private volatile @Nullable Search search;
    private volatile Optional<String> problem = Optional.empty();
    private Set<String> wanted = Set.of();
    private List<Link> seen = List.of();

    /** Looks for none yet. */
    LinkRouters(Supplier<List<Link>> links) {
        this(links, LinkRouters::kernel, System::nanoTime);
    }

    /**
     * The same by other means.
     *
     * @param clock of the loop, in nanoseconds
     */
    LinkRouters(Supplier<List<Link>> links, Opening opening, LongSupplier clock) {
        this.links = links;
        this.opening = opening;
        this.clock = clock;
    }

    /** Who is to be called when interfaces or routers came or went. */
    void tell(Runnable whoAsks) {
        changed = whoAsks;
    }

    /** Looks for the routers of these peers, and of no others. Asked again each turn. */
    void watch(Collection<PeerConfig> peers) {
        Set<String> names = peers.stream()
                .map(PeerConfig::place)
                .flatMap(place -> place instanceof PeerPlace.Interface(String name)
                        ? Optional.of(name).stream()
                        : Optional.<String>empty().stream())
                .collect(Collectors.toUnmodifiableSet());
        Search running = search;
        if (running == null) {
            running = names.isEmpty() ? notNeeded() : start();
        }
        List<Link> present = links.get();
        boolean linksChanged = !present.equals(seen);
        if (running != null && (linksChanged || !names.equals(wanted))) {
            running.watch(names);
            wanted = names;
        }
        if (linksChanged) {
            seen = present;
            changed.run();
        }
    }

    private @Nullable Search notNeeded() {
        problem = Optional.empty();
        retries.forget();
        return null;
    }

    private @Nullable Search start() {
        long now = clock.getAsLong();
        if (!retries.due(now)) {
            return null;
        }
        try {
            Search started = opening.open(() -> changed.run());
            search = started;
            problem.ifPresent(_ -> LOG.info("peers that are given by an interface are looked for now"));
            problem = Optional.empty();
            return started;
        } catch (LinuxException refused) {
            retries.refused(now);
            Optional<String> why =
                    Optional.of("peers that are given by an interface are not looked for: " + refused.getMessage());
            if (!why.equals(problem)) {
                LOG.warn(why.get());
            }
            problem = why;
            return null;
        }
    }

    private static Search kernel(Runnable changed) throws LinuxException {
        RouterDiscovery discovery = new RouterDiscovery(changed);
        return new Search() {
            @Override
            public void watch(Set<String> interfaceNames) {
                discovery.watch(interfaceNames);
            }

            @Override
            public Set<Ip> routers(int index) {
                return discovery.routers(index);
            }

            @Override
            public void close() {
                discovery.close();
            }
        };
    }

    /** Why routers are not looked for, in words. */
    Optional<String> problem() {
        return problem;
    }

    @Override
    public OptionalInt index(String interfaceName) {
        return links.get().stream()
                .filter(link -> link.name().equals(interfaceName) && link.up())
                .mapToInt(Link::index)
                .findFirst();
    }

    @Override
    public Set<Ip> routers(int index) {
        Search running = search;
        return running == null ? Set.of() : running.routers(index);
    }

    @Override
    public void close() {
        Search running = search;
        if (running != null) {
            running.close();
        }
    }
}
