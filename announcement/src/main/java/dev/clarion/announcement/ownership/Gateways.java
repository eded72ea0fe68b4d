package dev.clarion.announcement.ownership;

import dev.clarion.announcement.heartbeat.Segment;
import java.util.List;

/** Watches the gateways of this node's segments, and says in its heartbeats how they are. */
final class Gateways {
    private final Turn turn;
    private final Memory memory;

    Gateways(Turn turn) {
        this.turn = turn;
        this.memory = turn.memory;
    }

    /** Asks those that are to be asked now. */
    void watch() {
        for (Segment segment : memory.roster.interfaces()) {
            GatewayWatch watch = memory.gateways.getOr(segment.name(), GatewayWatch.BEGIN);
            if (segment.usable() && memory.now >= watch.next()) {
                turn.act(new Action.ProbeGateways(segment.name()));
                note(segment.name(), watch.asked(memory.now));
            }
        }
    }

    /** One answered, or was heard. */
    void answered(String name) {
        note(name, memory.gateways.getOr(name, GatewayWatch.BEGIN).answered(memory.now));
        memory.roster = memory.roster.segmentHeard(name, memory.now);
    }

    private void note(String name, GatewayWatch watch) {
        Segment.Gateway before =
                memory.gateways.getOr(name, GatewayWatch.BEGIN).verdict();
        memory.gateways.put(name, watch);
        if (watch.verdict() != before) {
            memory.roster = memory.roster.interfaces(marked(memory.roster.interfaces()));
            memory.generation++;
            memory.dirty();
            turn.broadcast();
        }
    }

    /** The interfaces, with what is known of their gateways. What is down begins anew. */
    List<Segment> marked(List<Segment> segments) {
        memory.gateways.removeIf((name, watch) -> segments.stream()
                .noneMatch(segment -> segment.usable() && segment.name().equals(name)));
        return segments.stream()
                .map(segment -> segment.with(
                        memory.gateways.getOr(segment.name(), GatewayWatch.BEGIN).verdict()))
                .toList();
    }
}
