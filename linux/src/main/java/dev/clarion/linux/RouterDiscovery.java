package dev.clarion.linux;

import dev.clarion.linux.wire.RouterMessage;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the routers on interfaces by their router advertisements, and lets itself be found by its own (RFC 4861). Its own
 * say nothing but that it is there: lifetime 0, no prefix. Routers that peer by interface wait for such a one before they
 * peer. Needs CAP_NET_RAW.
 */
public final class RouterDiscovery implements AutoCloseable {
    private static final int EFD_CLOEXEC = 0x8_0000;

    /** Between advertisements; the first few come faster, so that a router does not wait for long. */
    private static final Duration STEADY = Duration.ofSeconds(10);

    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final int QUICK_ONES = 3;

    /** What is known, for whoever asks. */
    private record Known(Map<String, Integer> indexes, Map<Integer, Set<Ip>> routers) {}

    /** An interface that is watched: when it is told of next, and how often it has been. */
    private static final class Watched {
        private long next;
        private int told;
    }

    private final Runnable changed;
    private final RouterSocket socket;
    private final int wake;
    private final Thread thread;
    private final RouterTable table = new RouterTable();
    private final Map<Integer, Watched> watched = new HashMap<>();
    private volatile Set<String> wanted = Set.of();
    private volatile Known known = new Known(Map.of(), Map.of());
    private volatile boolean closed;

    /**
     * Begins, with no interface.
     *
     * @param changed called on a thread of its own after interfaces or routers came or went; must not throw
     * @throws LinuxException if the kernel refuses
     */
    public RouterDiscovery(Runnable changed) throws LinuxException {
        this.changed = changed;
        this.socket = new RouterSocket();
        this.wake = Libc.eventfd(EFD_CLOEXEC);
        if (wake < 0) {
            socket.close();
            throw new LinuxException("cannot make an eventfd", -wake, "");
        }
        this.thread = Thread.ofPlatform().name("router-discovery").daemon().unstarted(this::run);
        thread.start();
    }

    /** Watches the interfaces of these names, and no others. One that is not there is watched as soon as it is. */
    public void watch(Set<String> interfaceNames) {
        wanted = Set.copyOf(interfaceNames);
        poke();
    }

    /** Links have changed: looks at them at once. */
    public void linksChanged() {
        poke();
    }

    /** The index of an interface that is watched; empty while it is not there, or not up. */
    public OptionalInt index(String interfaceName) {
        Integer index = known.indexes().get(interfaceName);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** The link-local addresses of the routers that were heard on an interface lately. */
    public Set<Ip> routers(int index) {
        return known.routers().getOrDefault(index, Set.of());
    }

    private void poke() {
        Libc.write(
                wake,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putLong(0, 1)
                        .array());
    }

    private void run() {
        byte[] count = new byte[Long.BYTES];
        while (!closed) {
            long wait = turn(System.nanoTime());
            if (Libc.awaitReadable(socket.fd(), wake, (int) Math.max(1, wait / 1_000_000)) == 1) {
                Libc.read(wake, count);
            }
        }
    }

    /** Looks, hears and tells; the nanoseconds until there is something to do without being asked. */
    private long turn(long now) {
        List<Link> links = links();
        Map<Integer, Link> present = links.stream().collect(Collectors.toMap(Link::index, link -> link));
        watched.keySet().retainAll(present.keySet());
        socket.forget(present.keySet());
        boolean news = table.retain(present.keySet());
        news |= hear(present, now);
        news |= table.expire(now);
        for (Link link : links) {
            tell(link, now);
        }
        Known before = known;
        Map<String, Integer> indexes = links.stream().collect(Collectors.toMap(Link::name, Link::index));
        known = new Known(indexes, table.snapshot());
        if (news || !before.indexes().equals(indexes)) {
            changed.run();
        }
        return watched.values().stream()
                .mapToLong(each -> each.next - now)
                .min()
                .orElse(STEADY.toNanos());
    }

    /** Those that are watched and can be used. */
    private List<Link> links() {
        Set<String> names = wanted;
        if (names.isEmpty()) {
            return List.of();
        }
        try {
            return Links.snapshot().stream()
                    .filter(link -> names.contains(link.name()) && link.up() && ready(link))
                    .toList();
        } catch (LinuxException unreadable) {
            return List.of(); // Looked at again with the next turn.
        }
    }

    /** Whether it can be heard on the interface. */
    private boolean ready(Link link) {
        try {
            socket.join(link.index());
            return true;
        } catch (LinuxException refused) {
            return false; // IPv6 is off there, or it has just gone.
        }
    }

    private boolean hear(Map<Integer, Link> present, long now) {
        boolean news = false;
        for (var heard = socket.next(); heard.isPresent(); heard = socket.next()) {
            RouterSocket.Heard one = heard.get();
            Link on = present.get(one.index());
            if (on == null || own(on, one.from())) {
                continue;
            }
            switch (one.message()) {
                case RouterMessage.Advertisement _
                when linkLocal(one.from()) -> news |= table.heard(one.index(), one.from(), now);
                case RouterMessage.Advertisement _ -> {} // RFC 4861 section 6.1.2: from no router.
                case RouterMessage.Solicitation _ -> sooner(one.index(), now);
            }
        }
        return news;
    }

    /** Who asks is answered with the next turn, but not more often than once a second. */
    private void sooner(int index, long now) {
        Watched asked = watched.get(index);
        if (asked != null) {
            long last = asked.next - (asked.told < QUICK_ONES ? QUICK : STEADY).toNanos();
            asked.next = Math.min(asked.next, Math.max(now, last + QUICK.toNanos()));
        }
    }

    private void tell(Link link, long now) {
        Watched one = watched.computeIfAbsent(link.index(), fresh -> {
            Watched made = new Watched();
            made.next = now;
            return made;
        });
        if (one.next > now) {
            return;
        }
        // Routers that have not been heard, or may have gone, are asked.
        boolean told = socket.advertise(link.index(), RouterMessage.advertise(link.mac()))
                && socket.solicit(link.index(), RouterMessage.solicit(link.mac()));
        one.told += told ? 1 : 0;
        one.next = now + (one.told < QUICK_ONES ? QUICK : STEADY).toNanos();
    }

    private static boolean linkLocal(Ip ip) {
        return ip.family() == IpFamily.IPV6 && ip.isLinkLocal();
    }

    private static boolean own(Link link, Ip address) {
        return link.addresses().stream().anyMatch(ours -> ours.address().equals(address));
    }

    /** Ends it; waits up to a second for a call of the listener that goes on. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        poke();
        boolean ended = false;
        try {
            ended = thread.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ended) {
            // Otherwise the thread still uses the descriptors, and their numbers must not be given to others.
            socket.close();
            Libc.close(wake);
        }
    }
}
