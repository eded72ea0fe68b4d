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

    private final Supplier<List<Link>> links;
    private volatile Runnable changed = () -> {};
    private volatile @Nullable RouterDiscovery discovery;
    private volatile Optional<String> problem = Optional.empty();
    private Set<String> wanted = Set.of();
    private List<Link> seen = List.of();

    /** Looks for none yet. */
    LinkRouters(Supplier<List<Link>> links) {
        this.links = links;
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
        RouterDiscovery running = discovery;
        if (running == null && !names.isEmpty() && problem.isEmpty()) {
            running = start();
        }
        List<Link> now = links.get();
        boolean linksChanged = !now.equals(seen);
        if (running != null && (linksChanged || !names.equals(wanted))) {
            running.watch(names);
            wanted = names;
        }
        if (linksChanged) {
            seen = now;
            changed.run();
        }
    }

    private @Nullable RouterDiscovery start() {
        try {
            RouterDiscovery started = new RouterDiscovery(() -> changed.run());
            discovery = started;
            return started;
        } catch (LinuxException refused) {
            problem = Optional.of("peers that are given by an interface are not looked for: " + refused.getMessage());
            LOG.warn(problem.get());
            return null;
        }
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
        RouterDiscovery running = discovery;
        return running == null ? Set.of() : running.routers(index);
    }

    @Override
    public void close() {
        RouterDiscovery running = discovery;
        if (running != null) {
            running.close();
        }
    }
}
