package dev.clarion.announcement.membership;

import dev.clarion.announcement.RendezvousHash;
import java.util.Collection;
import java.util.List;

/** Who watches whom: the nodes of the highest scores for the watched one's name. Everybody finds the same. */
final class Monitors {
    private Monitors() {}

    /** The first {@code count} of the candidates for a node; the node itself is none. */
    static List<String> of(String node, Collection<String> candidates, int count) {
        record Scored(String name, long score) {}
        return candidates.stream()
                .filter(name -> !name.equals(node))
                .map(name -> new Scored(name, RendezvousHash.score(name, node)))
                .sorted((a, b) -> {
                    int byScore = Long.compareUnsigned(b.score(), a.score());
                    return byScore != 0 ? byScore : a.name().compareTo(b.name());
                })
                .limit(count)
                .map(Scored::name)
                .toList();
    }
}
