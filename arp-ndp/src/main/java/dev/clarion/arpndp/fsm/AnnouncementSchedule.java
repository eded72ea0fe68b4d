package dev.clarion.arpndp.fsm;

import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When which address is announced on one interface. Immutable.
 *
 * <p>After a claim IPv4 addresses are announced at 0, 0.1, 0.3, 1.1, 2.2 and 5 s, each time in both ARP forms (1.1 s is
 * for kernels that ignore what comes within a second of the last change), IPv6 addresses at 0, 1 and 2 s (RFC 4861
 * section 7.2.6). Where the rate limit makes announcements wait, first ones go before repetitions.
 */
public final class AnnouncementSchedule {

    /** While frames wait for the rate limit, they go in small groups instead of one wake-up each. */
    private static final long SHORTEST_SLEEP_NANOS = 10_000_000L;

    private final Pacing pacing;
    private final Set<Ip> owned;
    private final List<Pending> waiting;

    private AnnouncementSchedule(Pacing pacing, Set<Ip> owned, List<Pending> waiting) {
        this.pacing = pacing;
        this.owned = Set.copyOf(owned);
        this.waiting = List.copyOf(waiting);
    }

    /**
     * A schedule of nothing.
     *
     * @param framesPerSecond the rate limit, 100 to 100,000
     * @param now the current time
     */
    public static AnnouncementSchedule start(int framesPerSecond, long now) {
        return new AnnouncementSchedule(Pacing.start(framesPerSecond, now), Set.of(), List.of());
    }

    /** Whether nothing waits to be announced. */
    public boolean isIdle() {
        return waiting.isEmpty();
    }

    /** What follows from an event. Only {@link Event.Tick} sends; the others say that it is due at once. */
    public Step on(Event event) {
        return switch (event) {
            case Event.Claimed claimed -> claim(claimed.addresses(), claimed.now());
            case Event.Released released -> release(released.addresses());
            case Event.LinkChanged changed -> announce(owned, List.of(), changed.now());
            case Event.Tick tick -> send(tick.now());
        };
    }

    private Step claim(Set<Ip> addresses, long now) {
        Set<Ip> fresh = new HashSet<>(addresses);
        fresh.removeAll(owned);
        Set<Ip> all = new HashSet<>(owned);
        all.addAll(fresh);
        return new AnnouncementSchedule(pacing, all, waiting).announce(fresh, waiting, now);
    }

    private Step release(Set<Ip> addresses) {
        Set<Ip> kept = new HashSet<>(owned);
        kept.removeAll(addresses);
        List<Pending> left = waiting.stream()
                .filter(pending -> kept.contains(pending.announcement().address()))
                .toList();
        // A turn that comes for something released finds nothing to do, so no new time is needed.
        return new Step(new AnnouncementSchedule(pacing, kept, left), List.of(), OptionalLong.empty());
    }

    private Step announce(Collection<Ip> addresses, List<Pending> besides, long now) {
        List<Pending> all = Stream.concat(
                        besides.stream(), addresses.stream().flatMap(address -> Pending.first(address, now)))
                .toList();
        OptionalLong wake = all.isEmpty() ? OptionalLong.empty() : OptionalLong.of(0);
        return new Step(new AnnouncementSchedule(pacing, owned, all), List.of(), wake);
    }

    private Step send(long now) {
        PriorityQueue<Pending> due = new PriorityQueue<>(Pending.MOST_URGENT);
        List<Pending> later = new ArrayList<>();
        waiting.forEach(pending -> (pending.isDue(now) ? due : later).add(pending));
        List<Announcement> send = new ArrayList<>();
        Pacing pace = pacing;
        while (!due.isEmpty() && pace.waitNanos(now) <= 0) {
            Pending next = due.remove();
            send.add(next.announcement());
            next.following(now).ifPresent(later::add);
            pace = pace.sent(now);
        }
        OptionalLong wake = due.isEmpty()
                ? later.stream().mapToLong(pending -> pending.due() - now).min()
                : OptionalLong.of(Math.max(pace.waitNanos(now), SHORTEST_SLEEP_NANOS));
        later.addAll(due);
        return new Step(new AnnouncementSchedule(pace, owned, later), send, wake);
    }
}
