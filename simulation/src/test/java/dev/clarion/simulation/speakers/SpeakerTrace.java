package dev.clarion.simulation.speakers;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.Layer2Decision;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.membership.Member;
import dev.clarion.announcement.ownership.Event;
import dev.clarion.announcement.ownership.Ownership;
import dev.clarion.announcement.ownership.Step;
import dev.clarion.net.Ip;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What every node of one run thinks of one address, whenever that changes, and by what event: {@code java ... SpeakerTrace
 * SEED ADDRESS FROM-MILLIS}.
 */
final class SpeakerTrace {
    private static final int MAX_EVENT = 250;

    private final Ip address;
    private final long from;
    private final SpeakerWorld world;
    private final Map<String, String> before = new TreeMap<>();

    private SpeakerTrace(Ip address, long from, SpeakerWorld world) {
        this.address = address;
        this.from = from;
        this.world = world;
    }

    public static void main(String[] args) {
        SpeakerSimulation simulation = SpeakerSimulation.of(Long.parseLong(args[0]), Set.of(), new SpeakerTally());
        SpeakerTrace trace = new SpeakerTrace(Ip.parse(args[1]), Long.parseLong(args[2]), simulation.world());
        simulation.world().observe(trace::stepped);
        System.out.println(simulation.run().orElse("all went well"));
    }

    private void stepped(SimulatedSpeaker node, Event event, Step step) {
        String now = state(node, step.next());
        if (world.millis() >= from && !now.equals(before.get(node.name))) {
            String what = event.toString();
            System.out.printf(
                    Locale.ROOT,
                    "%d %s %s after %s%n",
                    world.millis(),
                    node.name,
                    now,
                    what.substring(0, Math.min(what.length(), MAX_EVENT)));
        }
        before.put(node.name, now);
    }

    private String state(SimulatedSpeaker node, Ownership core) {
        StringBuilder text = new StringBuilder().append(core.state());
        OwnershipRecord record = core.records().get(address);
        text.append(
                record == null
                        ? ", no record"
                        : ", owner " + record.owner() + (record.released() ? " released " : " ")
                                + Long.toHexString(record.epoch()));
        text.append(node.answersNow(address) ? ", answers" : "");
        text.append(node.inNameNow(address) == null ? "" : ", answers in the name of " + node.inNameNow(address));
        Layer2Decision decision = core.decisions().get(address);
        AnnouncementReason reason = decision == null ? null : decision.reasons().get(node.name);
        text.append(", ").append(reason).append(core.alone("eth1") ? ", alone;" : ";");
        for (Member member : node.members()) {
            if (!member.node().equals(node.name)) {
                text.append(' ').append(member.node()).append(' ').append(core.condition(member.node()));
            }
        }
        return text.toString();
    }
}
