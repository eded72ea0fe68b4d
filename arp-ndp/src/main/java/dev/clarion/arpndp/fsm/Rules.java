package dev.clarion.arpndp.fsm;

/**
 * What {@link AnnouncementSchedule} goes by.
 *
 * @param framesPerSecond how many announcements are sent per second at most, 100 to 100,000; of the periodic refresh a
 *     fifth of that
 * @param directedBudget how many hosts that merely asked are being told at a time at most
 * @param refreshNanos how long after its last announcements an address is announced again, in ns; 0 for never
 * @param seed makes the refreshes of different nodes differ
 */
public record Rules(int framesPerSecond, int directedBudget, long refreshNanos, long seed) {

    int refreshesPerSecond() {
        return framesPerSecond / 5;
    }
}
