package dev.clarion.announcement.ownership;

import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Segment;
import java.util.List;
import java.util.Map;

/**
 * What is kept on the node from one run of the speaker to the next.
 *
 * @param records who owned what
 * @param segments the other nodes' interfaces, so that they can be stood in for
 * @param clean the last run ended as it should
 */
public record Snapshot(List<OwnershipRecord> records, Map<String, List<Segment>> segments, boolean clean) {
    /** The first run on this node. */
    public static final Snapshot NONE = new Snapshot(List.of(), Map.of(), true);

    /** Takes copies. */
    public Snapshot {
        records = List.copyOf(records);
        segments = Map.copyOf(segments);
    }
}
