package dev.clarion.bgp.bfd;

import dev.clarion.bgp.bfd.fsm.BfdReason;
import dev.clarion.bgp.bfd.fsm.Event;
import dev.clarion.bgp.bfd.fsm.State;
import dev.clarion.bgp.bfd.fsm.Step.Change;
import dev.clarion.bgp.bfd.fsm.Wanted;
import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.ControlPacket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * Two sessions with each other under a simulated clock and network; nothing real passes. The network loses at most so
 * many packets of one direction in a row, and takes the same time for each.
 */
final class TwoSides {
    static final long MILLI = 1_000_000;

    private final SplittableRandom random;
    private final double loss;
    private final int lossesInARow;
    private final long delay;
    private final PriorityQueue<Flight> flights = new PriorityQueue<>(Comparator.comparingLong(Flight::arrives));
    private final Side left;
    private final Side right;
    private boolean cut;
    private long now;

    private record Flight(long arrives, Side to, ByteBuffer octets) {}

    /** A change of state, and when. */
    record Seen(long at, Change change) {}

    TwoSides(SplittableRandom random, Wanted left, Wanted right, double loss, int lossesInARow, long delay) {
        this.random = random;
        this.loss = loss;
        this.lossesInARow = lossesInARow;
        this.delay = delay;
        this.left = new Side(left, 1);
        this.right = new Side(right, 2);
        this.left.session.start(0);
        this.right.session.start(0);
    }

    Side left() {
        return left;
    }

    Side right() {
        return right;
    }

    long now() {
        return now;
    }

    /** From now on nothing arrives. */
    void cut() {
        cut = true;
        flights.clear();
    }

    /** Lets so much time pass. */
    void run(long nanos) {
        long until = now + nanos;
        while (true) {
            long next = Math.min(left.wakeAt(), right.wakeAt());
            Flight first = flights.peek();
            if (first != null) {
                next = Math.min(next, first.arrives());
            }
            if (next > until) {
                now = until;
                return;
            }
            now = Math.max(now, next);
            for (Flight flight = flights.peek(); flight != null && flight.arrives() <= now; flight = flights.peek()) {
                flights.remove();
                flight.to().arrives(flight.octets());
            }
            left.turn();
            right.turn();
        }
    }

    private Side other(Side side) {
        return side == left ? right : left;
    }

    /** One end, with its thread. */
    final class Side implements Outlet {
        private final BfdSession session;
        private final List<Seen> seen = new ArrayList<>();
        private final Queue<ByteBuffer> unread = new ArrayDeque<>();
        private int lostInARow;
        private long pausedUntil = -1;
        private boolean deaf;
        private int packets;

        private Side(Wanted wanted, int discriminator) {
            this.session = new BfdSession(State.initial(wanted, discriminator), random.split(), this);
        }

        State state() {
            return session.state();
        }

        List<Seen> seen() {
            return seen;
        }

        /** How often it sent something. */
        int packets() {
            return packets;
        }

        SessionCounters counters() {
            return session.tally().snapshot();
        }

        /** How often it left the state UP for this reason. */
        long downs(BfdReason reason) {
            return seen.stream()
                    .filter(one -> one.change().from() == BfdState.UP
                            && one.change().to() != BfdState.UP
                            && one.change().reason() == reason)
                    .count();
        }

        /** How often it left the state UP. */
        long downs() {
            return seen.stream()
                    .filter(one ->
                            one.change().from() == BfdState.UP && one.change().to() != BfdState.UP)
                    .count();
        }

        void tell(Event event) {
            session.tell(event, now);
        }

        /**
         * It does not run for so long.
         *
         * @param lost whether what arrives meanwhile is lost, as when the machine stands still, or waits in the socket
         */
        void pause(long nanos, boolean lost) {
            pausedUntil = now + nanos;
            deaf = lost;
        }

        private void arrives(ByteBuffer octets) {
            if (pausedUntil < 0 || !deaf) {
                unread.add(octets);
            }
        }

        private long wakeAt() {
            return pausedUntil >= 0 ? pausedUntil : session.wakeAt();
        }

        private void turn() {
            if (now < pausedUntil) {
                return;
            }
            pausedUntil = -1;
            session.paused(Math.max(0, now - session.wakeAt()));
            for (ByteBuffer octets = unread.poll(); octets != null; octets = unread.poll()) {
                session.received(now, octets);
            }
            session.onTime(now);
        }

        @Override
        public boolean send(ByteBuffer packet) {
            packets++;
            byte[] octets = new byte[ControlPacket.LENGTH];
            packet.get(0, octets);
            if (cut) {
                return true;
            }
            if (lostInARow < lossesInARow && random.nextDouble() < loss) {
                lostInARow++;
            } else {
                lostInARow = 0;
                flights.add(new Flight(now + delay, other(this), ByteBuffer.wrap(octets)));
            }
            return true;
        }

        @Override
        public void changed(Change change) {
            seen.add(new Seen(now, change));
        }
    }
}
