package dev.clarion.announcement.heartbeat;

/**
 * One run of one speaker. Datagrams carry the sender's, and the receiver's as the sender knows it: what was recorded
 * from an earlier run of either is worth nothing, whatever clocks say.
 *
 * @param boot 64 bits of the kernel's boot id
 * @param incarnation different for each start of the speaker; the time of its start in unix milliseconds will do
 */
public record Session(long boot, long incarnation) {
    /** Not known (yet). */
    public static final Session NONE = new Session(0, 0);
}
