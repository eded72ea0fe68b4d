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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells for which addresses of Services this node's kernel has rules, as soon as it has them: reads what kube-proxy keeps in
 * nftables mode ({@link ServiceMap}), and hears its changes. Needs CAP_NET_ADMIN.
 */
public final class ServiceRules implements AutoCloseable {
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final Consumer<Optional<Set<Ip>>> changed;
    private final NetlinkSocket socket;
    private volatile boolean closed;
    private final Map<Ip, Set<ServiceMap.Key>> rules = new HashMap<>();
    /** Of each family the transaction up to which the rules were listed at least. */
    private final Map<IpFamily, Short> listed = new EnumMap<>(IpFamily.class);

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
                rules.clear();
                kept = false;
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
                    if (news.isPresent() && !known(answer)) {
                        afresh |= take(news.get());
                    }
                }
                yield afresh;
            }
        };
    }

    /** Whether the list was read after this transaction, and so has what is told of it. */
    private boolean known(Answer answer) {
        return ServiceMap.family(answer)
                .map(listed::get)
                .filter(at -> (short) (ServiceMap.generation(answer) - at) <= 0)
                .isPresent();
    }

    /** Whether all is to be read afresh. */
    private boolean take(News news) {
        switch (news) {
            case News.Added(var keys) -> add(keys);
            case News.Removed(var keys) -> {
                changes = true;
                keys.forEach(key -> rules.computeIfPresent(key.address(), (address, of) -> {
                    of.remove(key);
                    return of.isEmpty() ? null : of;
                }));
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

    private void add(Set<ServiceMap.Key> keys) {
        changes = true;
        keys.forEach(key ->
                rules.computeIfAbsent(key.address(), address -> new HashSet<>()).add(key));
    }

    private void list() throws LinuxException {
        rules.clear();
        kept = false;
        renewed = false;
        listed.clear();
        for (IpFamily family : IpFamily.values()) {
            try {
                Calls.list(
                        NetlinkSocket.NETFILTER,
                        ServiceMap.list(family, Calls.SEQUENCE),
                        "the rules of Services",
                        answer -> {
                            if (ServiceMap.read(answer).orElse(null) instanceof News.Added(var keys)) {
                                add(keys);
                                listed.putIfAbsent(family, ServiceMap.generation(answer));
                            }
                        });
                kept = true;
            } catch (LinuxException refused) {
                if (refused.errno() != Calls.ENOENT) {
                    throw refused;
                }
            }
        }
    }

    private void tell() {
        changes = false;
        Optional<Set<Ip>> now = kept ? Optional.of(Set.copyOf(rules.keySet())) : Optional.empty();
        if (!now.equals(told)) {
            told = now;
            changed.accept(now);
        }
    }

    /** Ends within two seconds, for which it does not wait. */
    @Override
    public void close() {
        closed = true;
    }
}
