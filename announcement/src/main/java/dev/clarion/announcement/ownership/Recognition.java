package dev.clarion.announcement.ownership;

import dev.clarion.announcement.heartbeat.Condition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Whether the others have this node in their lists of members. One that is new, or removed, may know them before they
 * know it, or longer: what it says is not listened to then, and so nobody could tell it that an address is taken. Each
 * that does not know it says so ({@link dev.clarion.announcement.heartbeat.NoMember}).
 *
 * <p>The rules: who is known to nobody that is there answers for nothing and claims nothing. Who is unknown to some takes
 * nothing that is handed over, claims later than all others, and yields to a claim of one that does not know it.
 */
final class Recognition {
    private static final long AT_LEAST = TimeUnit.SECONDS.toNanos(2);
    /** One that is unknown to some claims so much later than the last of the others. */
    static final long HOLD_BACK = TimeUnit.SECONDS.toNanos(1);

    private final Memory memory;

    Recognition(Memory memory) {
        this.memory = memory;
    }

    /** Whether one of those that are there says that this node is no member. */
    boolean doubted() {
        return !memory.doubts.isEmpty() && !doubters().isEmpty();
    }

    /** Whether all of those that are there say so. */
    boolean refused() {
        if (memory.doubts.isEmpty()) {
            return false;
        }
        List<String> doubters = doubters();
        return !doubters.isEmpty() && memory.roster.fellows().stream().noneMatch(node -> knows(node, doubters));
    }

    /** Whether this one says so. */
    boolean doubtedBy(String node) {
        return !memory.doubts.isEmpty() && doubters().contains(node);
    }

    /** Those that say so. */
    List<String> doubters() {
        long fresh = turn();
        return memory.doubts.view().entrySet().stream()
                .filter(doubt -> memory.now - doubt.getValue() < fresh)
                .map(Map.Entry::getKey)
                .filter(this::there)
                .toList();
    }

    private boolean knows(String node, List<String> doubters) {
        return !doubters.contains(node)
                && there(node)
                && memory.roster.said(node).isPresent()
                && memory.roster.heardWithin(node, memory.now, turn());
    }

    private boolean there(String node) {
        return switch (memory.roster.condition(node)) {
            case ALIVE, SEGMENT_DEAD -> true;
            case AWAY -> memory.roster.badSince(node).isEmpty();
            case DEAD, LEFT -> false;
        };
    }

    /** Within this time everybody is told something by everybody, three times at least. */
    private long turn() {
        return Math.max(
                AT_LEAST,
                3 * memory.roster.fellows().size() * memory.settings.profile().interval());
    }

    /** Something came of one who knows this node. */
    void known(String node) {
        if (memory.doubts.has(node)) {
            memory.doubts.remove(node);
            memory.generation++;
            memory.dirty();
        }
    }

    /** One says that this node is no member. */
    void unknown(String node) {
        if (!memory.doubts.has(node)) {
            memory.generation++;
            memory.dirty();
        }
        memory.doubts.put(node, memory.now);
    }

    /** Whether genuine datagrams of a node came lately, though it is no member as far as this one knows. */
    boolean stranger(String node) {
        return memory.roster.condition(node) == Condition.LEFT
                && memory.now - memory.strangers.getOr(node, Memory.NEVER) < AT_LEAST;
    }
}
