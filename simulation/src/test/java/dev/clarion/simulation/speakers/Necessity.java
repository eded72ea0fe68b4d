package dev.clarion.simulation.speakers;

import dev.clarion.net.Ip;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Whether an address moved for a reason: its owner was in trouble, or people changed something. Loss, delays, clocks that
 * jump, outages of the API, a split of the node network, and speakers that are away for a short time are no reason.
 */
final class Necessity {
    private final SpeakerWorld world;
    private final Map<String, Long> nodes = new HashMap<>();
    private final Map<Ip, Long> addresses = new HashMap<>();
    private final Map<Ip, SimulatedSpeaker> owners = new HashMap<>();
    private boolean anything;

    Necessity(SpeakerWorld world) {
        this.world = world;
    }

    /** Addresses move to where there are fewer. */
    void anything() {
        anything = true;
    }

    /** These nodes are in trouble for so long, and for some time it may still be seen. */
    void trouble(Set<String> names, long millis) {
        names.forEach(name -> nodes.merge(name, until(millis), Math::max));
    }

    /** People want these elsewhere, perhaps. */
    void wanted(Set<Ip> some, long millis) {
        some.forEach(address -> addresses.merge(address, until(millis), Math::max));
    }

    /** What its owner has given up has no owner that it could be moved from. */
    void released(Ip address) {
        owners.remove(address);
    }

    private long until(long millis) {
        return world.now()
                + TimeUnit.MILLISECONDS.toNanos(millis)
                + world.settings().awayLimit().toNanos()
                + Rules.NO_OWNER_BEYOND_PATIENCE;
    }

    /** What moved without any reason, if something did. */
    Optional<String> look(Map<Ip, List<SimulatedSpeaker>> own) {
        Optional<String> needless = Optional.empty();
        for (Map.Entry<Ip, List<SimulatedSpeaker>> entry : own.entrySet()) {
            if (entry.getValue().size() == 1) {
                SimulatedSpeaker now = entry.getValue().getFirst();
                SimulatedSpeaker before = owners.put(entry.getKey(), now);
                if (before != null && before != now && !excused(before.name, entry.getKey())) {
                    needless = Optional.of(entry.getKey() + " moved from " + before.name + " to " + now.name
                            + ", and there was no reason");
                }
            }
        }
        return needless;
    }

    private boolean excused(String node, Ip address) {
        return anything
                || world.now() <= nodes.getOrDefault(node, -1L)
                || world.now() <= addresses.getOrDefault(address, -1L);
    }
}
