package dev.clarion.simulation.speakers;

import dev.clarion.announcement.ownership.Action;
import dev.clarion.announcement.ownership.Event;
import dev.clarion.announcement.ownership.Step;
import dev.clarion.net.Ip;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What each node does within a second: it must be bounded, whatever comes in. The bounds follow from the pace of
 * heartbeats and from what the core allows itself of all else; they grow with the number of nodes and addresses only.
 */
final class Traffic {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int WAYS = 2;
    private static final int MAX_TICKS = 300;
    private static final int MAX_ANNOUNCEMENTS = 16;
    private static final int MAX_MONITORS = 17;
    private static final int MAX_ASKED = 7;

    private static final class Count {
        private long since;
        private int datagrams;
        private int ticks;
        private final Map<Ip, Integer> announcements = new HashMap<>();
    }

    private final Map<String, Count> counts = new HashMap<>();
    private int most;

    /** What a node did too often, if it did. */
    Optional<String> note(String node, Event event, Step step, long now, int datagramsAllowed) {
        Count count = counts.computeIfAbsent(node, name -> new Count());
        if (now - count.since >= SECOND) {
            count.since = now;
            count.datagrams = 0;
            count.ticks = 0;
            count.announcements.clear();
        }
        count.ticks += event instanceof Event.Tick ? 1 : 0;
        int announced = 0;
        for (Action action : step.actions()) {
            if (action instanceof Action.Send) {
                count.datagrams++;
            } else if (action instanceof Action.Announce announce) {
                for (Ip address : announce.addresses()) {
                    announced = Math.max(announced, count.announcements.merge(address, 1, Integer::sum));
                }
            }
        }
        most = Math.max(most, count.datagrams);
        if (count.ticks > MAX_TICKS || announced > MAX_ANNOUNCEMENTS || count.datagrams > datagramsAllowed) {
            return Optional.of(node + " had " + count.ticks + " ticks, sent " + count.datagrams
                    + " datagrams (allowed: " + datagramsAllowed + ") and announced an address " + announced
                    + " times within a second");
        }
        return Optional.empty();
    }

    /** The most that any node sent within a second. */
    int most() {
        return most;
    }

    static int allowed(int nodes, int addresses) {
        int fellows = nodes - 1;
        int pages = 1 + addresses / 30;
        int heartbeats = 11 * Math.min(fellows, MAX_MONITORS) + 28 * fellows;
        int asked = Math.min(fellows, MAX_ASKED);
        int questions = Math.min(1_120, 40 * fellows * asked);
        int answers = Math.min(2_240, 80 * fellows * asked);
        int tables = 20 * fellows + Math.min(2_500, 25 * fellows * pages);
        int greetings = 30 * fellows;
        int changes = fellows * (20 + Math.min(addresses, 200));
        return WAYS * (heartbeats + questions + tables + greetings + changes) + answers;
    }
}
