package dev.clarion.announcement.flows;

import dev.clarion.announcement.flows.FlowMessage.Heard;
import dev.clarion.announcement.flows.FlowMessage.Loaded;
import dev.clarion.announcement.flows.FlowMessage.Part;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What comes from old owners, put together. Bounded in every way: so many rounds at once, so many connections over all of
 * them, for so long. Belongs to one thread; times are monotonic nanoseconds.
 */
public final class FlowArrivals {
    /** How many rounds are kept at most, those that are through included. */
    static final int MAX_ROUNDS = 256;

    private static final long FORGOTTEN = TimeUnit.SECONDS.toNanos(30);

    private record Key(String from, long move, int round) {}

    private static final class Round {
        private final int of;
        private final BitSet has = new BitSet();
        private final List<FlowSet> parts = new ArrayList<>();
        private int held;
        private long at;
        private @Nullable Loaded loaded;

        Round(int of) {
            this.of = of;
        }
    }

    private final Map<Key, Round> rounds = new LinkedHashMap<>();
    private int held;

    /**
     * What to do about a part.
     *
     * @param answer what to tell the sender, if anything
     * @param whole all connections of the round, with the part that completes it; {@link #loaded} is to follow
     */
    public record Arrival(Optional<FlowMessage> answer, Optional<FlowSet> whole) {
        private static final Arrival IGNORED = new Arrival(Optional.empty(), Optional.empty());
    }

    /** A part has come. */
    public Arrival arrived(String from, long move, Part part, long now) {
        Key key = new Key(from, move, part.round());
        Round round = rounds.get(key);
        if (round == null) {
            if (rounds.size() >= MAX_ROUNDS || held + part.flows().size() > FlowSet.MAX) {
                return Arrival.IGNORED;
            }
            round = new Round(part.of());
            rounds.put(key, round);
        }
        if (round.of != part.of()) {
            return Arrival.IGNORED;
        }
        round.at = now;
        if (round.loaded != null) {
            return new Arrival(Optional.of(round.loaded), Optional.empty());
        }
        boolean first = !round.has.get(part.number());
        if (first) {
            if (held + part.flows().size() > FlowSet.MAX) {
                return Arrival.IGNORED;
            }
            round.has.set(part.number());
            round.parts.add(part.flows());
            round.held += part.flows().size();
            held += part.flows().size();
        }
        boolean complete = first && round.has.cardinality() == round.of;
        return new Arrival(
                Optional.of(new Heard(part.round(), List.of(part.number()))),
                complete ? Optional.of(FlowSet.all(round.parts)) : Optional.empty());
    }

    /** What became of a whole round; it is told again to who asks again. */
    public Loaded loaded(String from, long move, int number, FlowReason reason, int kept, long now) {
        Loaded loaded = new Loaded(number, reason, kept);
        Round round = rounds.get(new Key(from, move, number));
        if (round != null) {
            letGo(round);
            round.loaded = loaded;
            round.at = now;
        }
        return loaded;
    }

    /** Forgets what was not heard of for long. */
    public void tidy(long now) {
        for (Iterator<Round> all = rounds.values().iterator(); all.hasNext(); ) {
            Round round = all.next();
            if (now - round.at >= FORGOTTEN) {
                letGo(round);
                all.remove();
            }
        }
    }

    private void letGo(Round round) {
        held -= round.held;
        round.held = 0;
        round.parts.clear();
    }

    /** Whether anything is remembered. */
    public boolean idle() {
        return rounds.isEmpty();
    }
}
