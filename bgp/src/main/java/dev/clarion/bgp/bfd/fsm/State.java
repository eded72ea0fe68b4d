package dev.clarion.bgp.bfd.fsm;

import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.ControlPacket;
import dev.clarion.bgp.bfd.wire.Diagnostic;

/**
 * All that a session knows (the variables of RFC 5880 section 6.8.1). What it says, how often, and how long it waits
 * for the peer follow from it.
 *
 * @param wanted the configuration
 * @param kind our state
 * @param diagnostic why it last went down; NONE while up
 * @param discriminator our name for the session, not 0, the same for all its life
 * @param remote the peer
 * @param timing our intervals
 */
public record State(
        Wanted wanted, BfdState kind, Diagnostic diagnostic, int discriminator, Remote remote, Timing timing) {

    private static final int LOWEST_JITTER_PERCENT = 75;

    /** A session before its first packet. */
    public static State initial(Wanted wanted, int discriminator) {
        return new State(
                wanted, BfdState.DOWN, Diagnostic.NONE, discriminator, Remote.UNHEARD, Timing.of(wanted.whenDown()));
    }

    /** Whether a poll is on: our periodic packets ask for an answer. */
    public boolean polling() {
        return timing.polled().isPresent();
    }

    /** The packet to send now; {@code last} answers a poll of the peer. */
    public ControlPacket packet(boolean last) {
        return new ControlPacket(
                diagnostic.code(),
                kind,
                polling() && !last,
                last,
                false,
                false,
                wanted.multiplier(),
                discriminator,
                remote.discriminator(),
                timing.offered().transmit(),
                timing.offered().receive(),
                0);
    }

    /**
     * The interval between periodic packets before jitter (RFC 5880 sections 6.8.2 and 6.8.7), microseconds; 0 to send
     * none.
     */
    public long transmitInterval() {
        boolean silenced = remote.demand() && kind == BfdState.UP && remote.state() == BfdState.UP && !polling();
        if (silenced || (wanted.passive() && !remote.heard()) || remote.requiredMinRx() == 0) {
            return 0;
        }
        return Math.max(timing.applied().transmit(), remote.requiredMinRx());
    }

    /**
     * An interval with jitter: 75 to 100 per cent of it, and to 90 where one lost packet would end the session (RFC
     * 5880 section 6.8.7).
     *
     * @param interval what is to be spread, in any unit
     * @param dice a number from 0, inclusive, to 1, exclusive
     */
    public long jittered(long interval, double dice) {
        int highest = wanted.multiplier() == 1 ? 90 : 100;
        return interval * LOWEST_JITTER_PERCENT / 100
                + (long) (interval * (highest - LOWEST_JITTER_PERCENT) * dice / 100);
    }

    /** The interval in which the peer is to be heard, microseconds; 0 while it is not heard. */
    public long receiveInterval() {
        return remote.heard() ? Math.max(timing.applied().receive(), remote.desiredMinTx()) : 0;
    }

    /** How long the peer may be silent (RFC 5880 section 6.8.4), microseconds; 0 while it is not heard. */
    public long detectionTime() {
        return remote.multiplier() * receiveInterval();
    }

    /**
     * Whether we were so late that a silence since then may be our own doing: by half an interval, as FRR's bfdd judges
     * itself; less is the ordinary unrest of a machine.
     *
     * @param late microseconds
     */
    public boolean excusedBy(long late) {
        return remote.heard() && late > receiveInterval() / 2;
    }

    State with(BfdState next, Diagnostic why) {
        Offer offer = next == BfdState.UP ? wanted.whenUp() : wanted.whenDown();
        return new State(
                wanted, next, why, discriminator, remote, timing.change(offer, next == BfdState.UP, remote.heard()));
    }

    State with(Remote next, Timing nextTiming) {
        return new State(wanted, kind, diagnostic, discriminator, next, nextTiming);
    }

    State with(Wanted next) {
        boolean up = kind == BfdState.UP;
        Timing changed = timing.change(up ? next.whenUp() : next.whenDown(), up, remote.heard());
        return new State(next, kind, diagnostic, discriminator, remote, changed);
    }

    /** The peer was silent for too long: a packet from it would be the first. */
    State forgotten() {
        return with(Remote.UNHEARD, timing.alone());
    }
}
