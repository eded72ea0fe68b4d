package dev.clarion.announcement.ownership;

import dev.clarion.announcement.membership.Profile;
import java.time.Duration;

/**
 * What can be set.
 *
 * @param profile how fast a silent node is given up
 * @param monitors how many nodes watch a node
 * @param awayLimit how long others stand in for a speaker before its addresses move
 * @param caretaker whether they do; else addresses move after a second
 * @param rebalance whether addresses are moved, one at a time, where some nodes own many more than others
 * @param linger for how long an old owner goes on forwarding after a planned move, at least
 * @param cordon whether a cordoned node hands over what another one, not cordoned, could have
 */
public record Settings(
        Profile profile,
        int monitors,
        Duration awayLimit,
        boolean caretaker,
        boolean rebalance,
        Duration linger,
        boolean cordon) {
    /** As they are unless somebody says otherwise. */
    public static final Settings DEFAULT =
            new Settings(Profile.NORMAL, 6, Duration.ofSeconds(30), true, true, Duration.ofSeconds(10));

    /** With hand-overs from cordoned nodes. */
    public Settings(
            Profile profile, int monitors, Duration awayLimit, boolean caretaker, boolean rebalance, Duration linger) {
        this(profile, monitors, awayLimit, caretaker, rebalance, linger, true);
    }

    private static final Duration WITHOUT_CARETAKER = Duration.ofSeconds(1);

    /** For how long a speaker may be away and keep its addresses. */
    long patience() {
        return (caretaker ? awayLimit : WITHOUT_CARETAKER).toNanos();
    }
}
