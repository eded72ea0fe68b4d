package dev.clarion.arpndp;

import dev.clarion.arpndp.fsm.Holdings;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Brings one interface in line with what is owned on it and with the state of its link: memberships, announcements,
 * opening anew. Its turns are taken by the announcer's one control thread.
 */
final class SegmentControl {

    private static final long MEMBERSHIP_RETRY_NANOS = 1_000_000_000L;

    private final Segment segment;
    private final LinkCache links;
    private final Receiving receiving;
    private final Memberships memberships;
    private Optional<L2Interface> before = Optional.empty();

    SegmentControl(String name, Segment segment, LinkCache links, Receiving receiving, MulticastGroups groups) {
        this.segment = segment;
        this.links = links;
        this.receiving = receiving;
        this.memberships = new Memberships(name, groups);
    }

    Segment segment() {
        return segment;
    }

    void start() {
        receiving.start();
    }

    /** Links changed: forget what was known of this one, and try at once what waits for it. */
    void linksChanged() {
        links.invalidate();
        receiving.wake();
    }

    /** Does what is to be done now; after how many ns there is more, empty if only an event brings more. */
    OptionalLong turn() {
        Optional<L2Interface> link = links.find();
        boolean changed = link.filter(L2Interface::up)
                .filter(now -> before.filter(now::isSameLinkAs).isEmpty())
                .isPresent();
        before = link;
        segment.stopUnless(link.map(now -> OptionalLong.of(now.index())).orElse(OptionalLong.empty()));
        Optional<Integer> joinable = link.filter(L2Interface::up).map(L2Interface::index);
        Optional<String> problem = memberships.reconcile(joinable, segment.solicitedNodeGroups(), changed);
        segment.condition().membership(problem);
        OptionalLong next = segment.turn(changed);
        if (problem.isEmpty()) {
            return next;
        }
        return OptionalLong.of(Math.min(MEMBERSHIP_RETRY_NANOS, next.orElse(MEMBERSHIP_RETRY_NANOS)));
    }

    /** Stops answering at once; the rest of the end follows in {@link #retire}. */
    void close() {
        segment.hold(Holdings.NONE, Set.of());
        receiving.close();
        segment.stopUnless(OptionalLong.empty());
    }

    /** Leaves what was joined, and waits a little for the receiving thread. */
    void retire() throws InterruptedException {
        memberships.reconcile(Optional.empty(), Set.of(), false);
        receiving.join();
        segment.condition().become(InterfaceState.CLOSED, "");
    }
}
