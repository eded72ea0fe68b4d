package dev.clarion.speaker;

import dev.clarion.announcement.ownership.Snapshot;
import dev.clarion.net.Ip;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept of ownership from one run to the next.
 *
 * @param snapshot of the core
 * @param foreign addresses that foreign hosts had: they are not answered for before they were asked for again
 */
record Kept(Snapshot snapshot, SortedMap<Ip, FirstUse.Foreign> foreign) {
    /** The first run on this node. */
    static final Kept NOTHING = new Kept(Snapshot.NONE, new TreeMap<>());

    Kept {
        foreign = Collections.unmodifiableSortedMap(new TreeMap<>(foreign));
    }

    /** With nothing foreign. */
    static Kept of(Snapshot snapshot) {
        return new Kept(snapshot, new TreeMap<>());
    }
}
