package dev.clarion.announcement.ownership;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.heartbeat.Segment;

/**
 * What one node is to all addresses of one kind, whatever their endpoints.
 *
 * @param index its place among all nodes
 * @param obstacle what keeps it from owning them, if neither endpoints nor anything general does
 * @param joining whether it is just about to join, and could own them then
 * @param takes whether it takes what is free
 * @param awake whether it is there and could answer, if only in another's name
 * @param onSegment whether it has a usable interface in their network, and may announce there
 * @param gateway how its gateways are there
 * @param weight how much the configuration prefers it
 * @param tired whether it rather gets nothing new: it is cordoned, or came back lately
 * @param cordoned whether it is cordoned
 * @param begun what its scores begin with
 */
record Fit(
        String node,
        int index,
        AnnouncementReason obstacle,
        boolean joining,
        boolean takes,
        boolean awake,
        boolean onSegment,
        Segment.Gateway gateway,
        int weight,
        boolean tired,
        boolean cordoned,
        long begun) {
    /** Whether it could own the addresses now. */
    boolean able() {
        return takes && obstacle == AnnouncementReason.ANNOUNCED;
    }
}
