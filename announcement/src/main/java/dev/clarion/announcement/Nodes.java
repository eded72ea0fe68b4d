package dev.clarion.announcement;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;

/** The nodes of a view in order of their names, and what keeps each from announcing anything at all. */
final class Nodes {
    private final NodeView view;
    private final Map<String, AnnouncementReason> obstacles = new LinkedHashMap<>();

    Nodes(NodeView view) {
        this.view = view;
        TreeSet<String> names = new TreeSet<>(view.nodes().keySet());
        names.addAll(view.speakers().keySet());
        names.add(view.self());
        names.forEach(name -> obstacles.put(name, obstacleOf(name)));
    }

    private AnnouncementReason obstacleOf(String name) {
        NodeFacts facts = view.nodes().get(name);
        if (facts == null) {
            return AnnouncementReason.NODE_UNKNOWN;
        }
        if (!name.equals(view.self()) && !view.speakers().containsKey(name)) {
            return AnnouncementReason.SPEAKER_NOT_ALIVE;
        }
        if (facts.excluded()) {
            return AnnouncementReason.NODE_EXCLUDED;
        }
        return facts.networkUnavailable() ? AnnouncementReason.NETWORK_UNAVAILABLE : AnnouncementReason.ANNOUNCED;
    }

    SequencedSet<String> names() {
        return new LinkedHashSet<>(obstacles.keySet());
    }

    /** What keeps the node from announcing anything; ANNOUNCED when nothing does. */
    AnnouncementReason obstacle(String node) {
        return obstacles.getOrDefault(node, AnnouncementReason.NODE_UNKNOWN);
    }

    boolean cordoned(String node) {
        NodeFacts facts = view.nodes().get(node);
        return facts != null && facts.unschedulable();
    }
}
