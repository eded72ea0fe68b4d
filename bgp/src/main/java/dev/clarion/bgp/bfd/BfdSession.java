package dev.clarion.bgp.bfd;

import dev.clarion.bgp.bfd.fsm.Event;
import dev.clarion.bgp.bfd.fsm.Fsm;
import dev.clarion.bgp.bfd.fsm.State;
import dev.clarion.bgp.bfd.fsm.Step;
import dev.clarion.bgp.bfd.fsm.Step.Change;
import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.ControlPacket;
import dev.clarion.bgp.bfd.wire.Diagnostic;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One session's timers around its state machine. Times are nanoseconds since the engine began. While the session is up
 * and nothing changes, nothing here allocates.
 */
final class BfdSession {
    static final long NEVER = Long.MAX_VALUE;

    private static final long NANOS_PER_MICRO = 1_000;

    private final Outlet outlet;
    private final RandomGenerator dice;
    private final PacketMemory memory = new PacketMemory();
    private final ByteBuffer packet = ByteBuffer.allocate(ControlPacket.LENGTH);
    private final SessionTally tally = new SessionTally();

    private State state;
    private @Nullable State encoded;
    private boolean encodedLast;
    private Optional<Diagnostic> lastDiagnostic = Optional.empty();
    /** Of the periodic packets, in microseconds; 0 if there are none. */
    private long interval;

    /** We were late since the peer's last packet. */
    private boolean paused;
    /** And its silence got one interval more for it, which is all it gets. */
    private boolean credited;

    private long lastSent;
    private long transmitAt = NEVER;
    private long detectAt = NEVER;

    /**
     * Made, not started.
     *
     * @param initial before the first packet
     * @param dice for the jitter
     */
    BfdSession(State initial, RandomGenerator dice, Outlet outlet) {
        this.state = initial;
        this.dice = dice;
        this.outlet = outlet;
    }

    /** Says the first packet now, unless passive. */
    void start(long now) {
        interval = state.transmitInterval();
        transmitAt = interval == 0 ? NEVER : now;
    }

    State state() {
        return state;
    }

    /** Why it last went down; empty if it never did. */
    Optional<Diagnostic> lastDiagnostic() {
        return lastDiagnostic;
    }

    SessionTally tally() {
        return tally;
    }

    /** When {@link #onTime} has something to do. */
    long wakeAt() {
        return Math.min(transmitAt, detectAt);
    }

    /** A packet that is good and ours. */
    void received(long now, ByteBuffer octets) {
        tally.received++;
        paused = false;
        credited = false;
        take(memory.step(state, octets), now);
    }

    /** Timers; what had arrived before is to be handed over first. */
    void onTime(long now) {
        if (now >= detectAt) {
            detectAt = NEVER;
            expired(now);
        }
        if (now >= transmitAt) {
            if (now - transmitAt > interval * NANOS_PER_MICRO / 2) {
                tally.late++;
            }
            say(now, false);
            schedule();
        }
    }

    private void expired(long now) {
        boolean excused = paused && !credited;
        Step step = Fsm.on(state, new Event.DetectionExpired(excused));
        if (excused && step.detection() > 0) {
            credited = true;
            tally.credits++;
        }
        take(step, now);
    }

    /** The engine ran this much later than it had asked to, in nanoseconds. */
    void paused(long late) {
        paused |= state.excusedBy(late / NANOS_PER_MICRO);
    }

    /** Something else than a packet or a timer. */
    void tell(Event event, long now) {
        take(Fsm.on(state, event), now);
    }

    @SuppressWarnings("ReferenceEquality") // The state machine gives the same object back if nothing changed.
    private void take(Step step, long now) {
        State before = state;
        state = step.state();
        if (step.detection() != Step.KEEP) {
            detectAt = step.detection() == 0 ? NEVER : now + step.detection() * NANOS_PER_MICRO;
        }
        switch (step.say()) {
            case NOTHING -> {}
            case NOW -> say(now, false);
            case LAST -> say(now, true);
        }
        if (state != before) {
            long next = state.transmitInterval();
            if (next != interval || step.change().isPresent()) {
                interval = next;
                schedule();
            }
        }
        if (step.change().isPresent()) {
            changed(step.change().get());
        }
    }

    /** From the last packet on: a shorter interval shortens the wait that is on. */
    private void schedule() {
        transmitAt = interval == 0 ? NEVER : lastSent + state.jittered(interval * NANOS_PER_MICRO, dice.nextDouble());
    }

    @SuppressWarnings("ReferenceEquality") // As above.
    private void say(long now, boolean last) {
        if (encoded != state || encodedLast != last) {
            state.packet(last).encode(packet);
            encoded = state;
            encodedLast = last;
        }
        lastSent = now;
        if (outlet.send(packet)) {
            tally.sent++;
        } else {
            tally.unsent++;
        }
    }

    private void changed(Change change) {
        if (change.to() == BfdState.UP) {
            tally.ups++;
        } else if (change.from() == BfdState.UP) {
            tally.downs++;
        }
        if (state.diagnostic() != Diagnostic.NONE) {
            lastDiagnostic = Optional.of(state.diagnostic());
        }
        outlet.changed(change);
    }
}
