package dev.clarion.arpndp.fsm;

import dev.clarion.arpndp.fsm.Announcement.Directed;
import dev.clarion.arpndp.fsm.Announcement.Form;
import dev.clarion.arpndp.fsm.Announcement.Gratuitous;
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
 * @param series which rounds there are
 * @param round how many of the kind went before
 * @param due when, as {@link System#nanoTime}
 */
record Pending(Announcement announcement, Series series, int round, long due) {

    private static final long MILLI = 1_000_000L;

    /** From one round to the next: 0, 0.1, 0.3, 1.1, 2.2, 5 s. */
    private static final List<Long> ARP_GAPS =
            List.of(100 * MILLI, 200 * MILLI, 800 * MILLI, 1_100 * MILLI, 2_800 * MILLI);

    /** From one round to the next: 0, 1, 2 s. */
    private static final List<Long> NDP_GAPS = List.of(1_000 * MILLI, 1_000 * MILLI);

    /** From one attempt to the next: 0, 0.2, 1.1 s. */
    private static final List<Long> DIRECTED_GAPS = List.of(200 * MILLI, 900 * MILLI);

    /** Which rounds there are, and how urgent they are. */
    enum Series {
        /** After a claim, ARP to everybody. */
        ARP_CLAIM,
        /** After a claim, NDP to everybody (RFC 4861 section 7.2.6). */
        NDP_CLAIM,
        /** To one neighbour until it answers. */
        DIRECTED,
        /** A defence (RFC 5227 section 2.4): once. */
        ONCE,
        /** Of the periodic refresh, to everybody: once. */
        REFRESH,
        /** Of the periodic refresh, to one neighbour until it answers. */
        REFRESH_DIRECTED;

        private List<Long> gaps() {
            return switch (this) {
                case ARP_CLAIM -> ARP_GAPS;
                case NDP_CLAIM -> NDP_GAPS;
                case DIRECTED, REFRESH_DIRECTED -> DIRECTED_GAPS;
                case ONCE, REFRESH -> List.of();
            };
        }

        /** Whether it may wait for everything else. */
        boolean isRefresh() {
            return this == REFRESH || this == REFRESH_DIRECTED;
        }
    }

    /** What is new before the refresh, first announcements before repetitions, then what more hosts learn from. */
    static final Comparator<Pending> MOST_URGENT = Comparator.comparing(Pending::isRefresh)
            .thenComparingInt(Pending::round)
            .thenComparingInt(pending -> pending.announcement().order())
            .thenComparing(pending -> pending.announcement().address());

    /** The first round of an address in all the forms that everybody hears. */
    static Stream<Pending> first(Ip address, long now) {
        Series series = address.family() == IpFamily.IPV4 ? Series.ARP_CLAIM : Series.NDP_CLAIM;
        return Form.of(address.family()).stream()
                .map(form -> new Pending(new Gratuitous(address, form), series, 0, now));
    }

    /** A single announcement in the form that most hosts learn from. */
    static Pending single(Ip address, Series series, long now) {
        return new Pending(new Gratuitous(address, Form.of(address.family()).getFirst()), series, 0, now);
    }

    /** The first attempt to tell one neighbour. */
    static Pending directed(Ip address, Neighbour to, Series series, long now) {
        return new Pending(new Directed(address, to), series, 0, now);
    }

    boolean isRefresh() {
        return series.isRefresh();
    }

    boolean isDue(long now) {
        return due - now <= 0;
    }

    /** The announcement, if it is one to a single neighbour. */
    Optional<Directed> directed() {
        return announcement instanceof Directed directed ? Optional.of(directed) : Optional.empty();
    }

    /** Whether it tells some host that merely asked. */
    boolean tellsAnAsker() {
        return directed()
                .filter(each -> each.to().role() == Neighbour.Role.ASKER)
                .isPresent();
    }

    /** The next round, if there is one, when this one was sent at that time. */
    Optional<Pending> following(long sent) {
        List<Long> gaps = series.gaps();
        return round < gaps.size()
                ? Optional.of(new Pending(again(), series, round + 1, sent + gaps.get(round)))
                : Optional.empty();
    }

    /** A neighbour that did not answer may have another link-layer address now. */
    private Announcement again() {
        return switch (announcement) {
            case Gratuitous gratuitous -> gratuitous;
            case Directed directed ->
                new Directed(directed.address(), directed.to().sought());
        };
    }
}
