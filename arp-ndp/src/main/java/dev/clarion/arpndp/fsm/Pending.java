package dev.clarion.arpndp.fsm;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The next announcement of one address in one form. The round after it is known only when this one has been sent, so
 * that late rounds keep their distance.
 *
 * @param announcement what to send
 * @param round how many of the kind went before
 * @param due when, as {@link System#nanoTime}
 */
record Pending(Announcement announcement, int round, long due) {

    /** First announcements before repetitions, then the forms that more hosts learn from. */
    static final Comparator<Pending> MOST_URGENT = Comparator.comparingInt(Pending::round)
            .thenComparing(pending -> pending.announcement().form())
            .thenComparing(pending -> pending.announcement().address());

    private static final long MILLI = 1_000_000L;

    /** From one round to the next: 0, 0.1, 0.3, 1.1, 2.2, 5 s. */
    private static final List<Long> ARP_GAPS =
            List.of(100 * MILLI, 200 * MILLI, 800 * MILLI, 1_100 * MILLI, 2_800 * MILLI);

    /** From one round to the next: 0, 1, 2 s. */
    private static final List<Long> NDP_GAPS = List.of(1_000 * MILLI, 1_000 * MILLI);

    /** The first round of an address in all its forms. */
    static Stream<Pending> first(Ip address, long now) {
        return Announcement.Form.of(address.family()).stream()
                .map(form -> new Pending(new Announcement(address, form), 0, now));
    }

    boolean isDue(long now) {
        return due - now <= 0;
    }

    /** The next round, if there is one, when this one was sent at that time. */
    Optional<Pending> following(long sent) {
        List<Long> gaps = announcement.address().family() == IpFamily.IPV4 ? ARP_GAPS : NDP_GAPS;
        return round < gaps.size()
                ? Optional.of(new Pending(announcement, round + 1, sent + gaps.get(round)))
                : Optional.empty();
    }
}
