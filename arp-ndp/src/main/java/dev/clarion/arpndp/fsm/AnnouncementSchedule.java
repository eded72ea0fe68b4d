package dev.clarion.arpndp.fsm;

import java.util.OptionalLong;

/**
 * When which address is announced on one interface, and to whom. Immutable.
 *
 * <p>After a claim IPv4 addresses are announced at 0, 0.1, 0.3, 1.1, 2.2 and 5 s, each time in both ARP forms (1.1 s is
 * for kernels that ignore what comes within a second of the last change), IPv6 addresses at 0, 1 and 2 s (RFC 4861
 * section 7.2.6). Gateways, and hosts that asked lately, are told one by one besides, at 0, 0.2 and 1.1 s, until they
 * answer. Then each address is announced anew from time to time, so that neither entries nor switches forget it.
 *
 * <p>Where the rate limit makes announcements wait, first ones go before repetitions: to everybody, to the gateways, to
 * those that asked. The periodic refresh waits for all of them.
 */
public final class AnnouncementSchedule {

    private final ScheduleState state;

    private AnnouncementSchedule(ScheduleState state) {
        this.state = state;
    }

    /**
     * A schedule of nothing.
     *
     * @param rules what it goes by
     * @param now the current time
     */
    public static AnnouncementSchedule start(Rules rules, long now) {
        return new AnnouncementSchedule(ScheduleState.start(rules, now));
    }

    /** Whether nothing waits to be announced, besides a later refresh. */
    public boolean isIdle() {
        return state.isIdle();
    }

    /** After how long {@link Event.Tick} is due, in ns, 0 if it is now; empty if nothing waits. */
    public OptionalLong wakeAfter(long now) {
        return state.wakeAfter(now);
    }

    /** What follows from an event. Only {@link Event.Tick} sends; the others say that it is due at once. */
    public Step on(Event event) {
        ScheduleDraft draft = new ScheduleDraft(state);
        switch (event) {
            case Event.Claimed claimed -> draft.claim(claimed.addresses(), claimed.now());
            case Event.Released released -> draft.release(released.addresses());
            case Event.LinkChanged changed -> draft.again(state.owned(), changed.now());
            case Event.Again again -> draft.again(again.addresses(), again.now());
            case Event.Direct direct -> draft.direct(direct.address(), direct.neighbours(), direct.now());
            case Event.NeighboursChanged changed -> draft.introduce(state.owned());
            case Event.Acknowledged acknowledged -> draft.acknowledge(acknowledged.address(), acknowledged.neighbour());
            case Event.Defend defend -> draft.defend(defend.address(), defend.now());
            case Event.Tick tick -> {
                draft.tick(tick.now(), tick.neighbourhood());
                ScheduleState next = draft.done();
                return new Step(new AnnouncementSchedule(next), draft.toSend(), next.wakeAfter(tick.now()));
            }
        }
        ScheduleState next = draft.done();
        OptionalLong wake = next.isIdle() ? OptionalLong.empty() : OptionalLong.of(0);
        return new Step(new AnnouncementSchedule(next), draft.toSend(), wake);
    }
}
