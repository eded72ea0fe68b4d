package dev.clarion.announcement.ownership;

import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.membership.Roster;
import java.util.List;

/**
 * Whom this node hears; good for one look.
 *
 * @param somebody whether it hears a speaker; of two nodes nobody can tell. Who hears none at all is rather deaf himself
 * @param onlyKernels whether it hears no speaker, and sees that there are others
 * @param untaught whether it never heard any
 */
record Hearing(boolean somebody, boolean onlyKernels, boolean untaught) {
    static Hearing of(Roster roster, long now) {
        return new Hearing(somebody(roster, now), onlyKernels(roster), untaught(roster));
    }

    private static boolean somebody(Roster roster, long now) {
        List<String> fellows = roster.fellows();
        return fellows.size() == 1
                || fellows.stream()
                        .anyMatch(node -> roster.condition(node) == Condition.ALIVE && roster.heardLately(node, now));
    }

    private static boolean onlyKernels(Roster roster) {
        List<String> fellows = roster.fellows();
        return fellows.stream().noneMatch(node -> heard(roster, node))
                && fellows.stream().anyMatch(node -> roster.condition(node) == Condition.AWAY);
    }

    private static boolean untaught(Roster roster) {
        List<String> fellows = roster.fellows();
        return !fellows.isEmpty()
                && fellows.stream().allMatch(node -> roster.said(node).isEmpty());
    }

    private static boolean heard(Roster roster, String node) {
        return roster.badSince(node).isEmpty() && roster.said(node).isPresent();
    }
}
