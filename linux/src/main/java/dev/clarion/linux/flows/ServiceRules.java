package dev.clarion.linux.flows;

import dev.clarion.linux.LinuxException;
import dev.clarion.linux.NetlinkSocket;
import dev.clarion.linux.NetlinkSocket.Heard;
import dev.clarion.linux.flows.wire.Answer;
import dev.clarion.linux.flows.wire.ServiceMap;
import dev.clarion.linux.flows.wire.ServiceMap.News;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells for which addresses of Services this node's kernel has rules that lead to an endpoint, as soon as it has them: reads what kube-proxy keeps in
 * nftables mode ({@link ServiceMap}), and hears its changes. Needs CAP_NET_ADMIN.
 */
public final class ServiceRules implements AutoCloseable {
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final Consumer<Optional<Set<Ip>>> changed;
    private final NetlinkSocket socket;
    private volatile boolean closed;
    private final Set<ServiceMap.Key> services = new HashSet<>();
    private final Set<ServiceMap.Key> withoutEndpoint = new HashSet<>();

    private record Listed(ServiceMap map, IpFamily family) {}

    /** Of each list the transaction after which it was read. */
    private final Map<Listed, Short> listed = new HashMap<>();

    private boolean kept;
    private boolean changes;
    private boolean renewed;
    private Optional<Set<Ip>> told = Optional.empty();

    /**
     * Begins to look.
     *
     * @param changed told the addresses that have a rule, whenever those are others than before; empty if kube-proxy keeps
     *     no such rules here. Called on a thread of its own
     * @throws LinuxException if the kernel refuses to tell
     */
    public ServiceRules(Consumer<Optional<Set<Ip>>> changed) throws LinuxException {
        this.changed = changed;
        this.socket = NetlinkSocket.hearing(NetlinkSocket.NETFILTER, ServiceMap.GROUP);
        Thread.ofPlatform().name("service-rules").daemon().start(this::run);
    }

    private void run() {
        boolean afresh = true;
        while (!closed) {
            try {
                if (afresh) {
                    list();
                    tell();
                }
                afresh = hear();
            } catch (LinuxException refused) {
                // What cannot be read is not known.
                forget();
                tell();
                afresh = true;
                pause();
            }
        }
        socket.close();
    }

    private static void pause() {
        try {
            Thread.sleep(AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes one datagram; whether all is to be read afresh. */
    private boolean hear() throws LinuxException {
        return switch (socket.hear()) {
            case Heard.Nothing() -> false;
            case Heard.Lost() -> true;
            case Heard.Datagram(var bytes) -> {
                boolean afresh = false;
                for (Answer answer : Answer.all(bytes)) {
                    Optional<News> news = ServiceMap.read(answer);
                    if (news.isPresent() && !known(news.get(), answer)) {
                        afresh |= take(news.get());
                    }
                }
                yield afresh;
            }
        };
    }

    /** Whether the list was read after this transaction, and so has what is told of it. */
    private boolean known(News news, Answer answer) {
        return switch (news) {
            case News.Added(ServiceMap map, var _) -> listed(map, answer);
            case News.Removed(ServiceMap map, var _) -> listed(map, answer);
            case News.Renewed(), News.InForce() -> false;
        };
    }

    private boolean listed(ServiceMap map, Answer answer) {
        return ServiceMap.family(answer)
                .map(family -> listed.get(new Listed(map, family)))
                .filter(at -> (short) (ServiceMap.generation(answer) - at) <= 0)
                .isPresent();
    }

    /** Whether all is to be read afresh. */
    private boolean take(News news) {
        switch (news) {
            case News.Added(ServiceMap map, var keys) -> add(map, keys);
            case News.Removed(ServiceMap map, var keys) -> {
                changes = true;
                of(map).removeAll(keys);
            }
            case News.Renewed() -> renewed = true;
            case News.InForce() -> {
                boolean afresh = renewed;
                if (!afresh && changes) {
                    tell();
                }
                return afresh;
            }
        }
        return false;
    }

    private void add(ServiceMap map, Set<ServiceMap.Key> keys) {
        changes = true;
        of(map).addAll(keys);
    }

    private Set<ServiceMap.Key> of(ServiceMap map) {
        return switch (map) {
            case SERVICES -> services;
            case WITHOUT_ENDPOINT -> withoutEndpoint;
        };
    }

    private void list() throws LinuxException {
        forget();
        renewed = false;
        listed.clear();
        for (IpFamily family : IpFamily.values()) {
            kept |= list(ServiceMap.SERVICES, family);
            list(ServiceMap.WITHOUT_ENDPOINT, family);
        }
    }

    /** Whether there is such a map. */
    private boolean list(ServiceMap map, IpFamily family) throws LinuxException {
        try {
            Calls.list(NetlinkSocket.NETFILTER, map.list(family, Calls.SEQUENCE), "the rules of Services", answer -> {
                if (ServiceMap.read(answer).orElse(null) instanceof News.Added(ServiceMap of, var keys)) {
                    add(of, keys);
                    // Of the two lists the older one: what is told twice does no harm.
                    listed.putIfAbsent(new Listed(map, family), ServiceMap.generation(answer));
                }
            });
            return true;
        } catch (LinuxException refused) {
            if (refused.errno() != Calls.ENOENT) {
                throw refused;
            }
            return false;
        }
    }

    private void forget() {
        services.clear();
        withoutEndpoint.clear();
        kept = false;
    }

    private void tell() {
        changes = false;
        Optional<Set<Ip>> now = kept ? Optional.of(served()) : Optional.empty();
        if (!now.equals(told)) {
            told = now;
            changed.accept(now);
        }
    }

    /** Addresses with something that this node takes. */
    private Set<Ip> served() {
        Set<Ip> served = new HashSet<>();
        for (ServiceMap.Key key : services) {
            if (!withoutEndpoint.contains(key)) {
                served.add(key.address());
            }
        }
        return Set.copyOf(served);
    }

    /** Ends within two seconds, for which it does not wait. */
    @Override
    public void close() {
        closed = true;
    }
}
