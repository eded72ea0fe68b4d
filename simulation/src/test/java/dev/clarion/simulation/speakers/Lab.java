package dev.clarion.simulation.speakers;

import dev.clarion.announcement.ownership.Settings;
import dev.clarion.net.Ip;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A cluster at peace, for scenarios: one thing is broken, and a client that asks all the time says what it saw. */
final class Lab {
    final SpeakerWorld world;
    final SpeakerTally tally = new SpeakerTally();
    private final SplittableRandom chance;
    private final Map<Ip, Long> unansweredSince = new HashMap<>();
    private final Map<Ip, Long> longest = new TreeMap<>();
    private final Set<Ip> twice = new HashSet<>();
    private boolean watching;

    Lab(int nodes, int addresses, long seed, Set<Breach> breaches) {
        this(nodes, addresses, seed, breaches, Settings.DEFAULT);
    }

    Lab(int nodes, int addresses, long seed, Set<Breach> breaches, Settings settings) {
        chance = new SplittableRandom(seed);
        world = new SpeakerWorld(nodes, settings, chance.split(), breaches, tally);
        for (int i = 0; i < addresses; i++) {
            world.service(i, false);
        }
    }

    /** All speakers start, and every address has an owner. */
    Lab settled() {
        for (SimulatedSpeaker node : world.nodes().values()) {
            world.in(chance.nextInt(100), node::start);
        }
        world.run(3_000 + chance.nextInt(200));
        world.rules().forgetMoves();
        watching = true;
        watch();
        return this;
    }

    private void watch() {
        if (!watching) {
            return;
        }
        for (Ip address : world.addresses()) {
            int answers = 0;
            for (SimulatedSpeaker node : world.nodes().values()) {
                boolean heard = world.wires().openBoth(node.name, Wires.GATEWAY, Wires.Net.SEGMENT);
                answers += heard && (node.answersNow(address) || node.inNameNow(address) != null) ? 1 : 0;
            }
            if (answers > 0) {
                Long since = unansweredSince.remove(address);
                if (since != null) {
                    longest.merge(address, world.now() - since, Math::max);
                }
            } else {
                unansweredSince.putIfAbsent(address, world.now());
            }
            if (answers > 1) {
                twice.add(address);
            }
        }
        world.in(1, this::watch);
    }

    /** The node that answers for the first address. */
    SimulatedSpeaker owner(int i) {
        return world.nodes().values().stream()
                .filter(node -> node.answersNow(SpeakerWorld.address(i)))
                .findFirst()
                .orElseThrow();
    }

    List<Ip> owned(SimulatedSpeaker node) {
        return node.answers().own().values().stream().flatMap(Set::stream).toList();
    }

    /** The longest time that any address went unanswered, in milliseconds. */
    long unanswered() {
        long most = longest.values().stream().mapToLong(Long::longValue).max().orElse(0);
        for (long since : unansweredSince.values()) {
            most = Math.max(most, world.now() - since);
        }
        return TimeUnit.NANOSECONDS.toMillis(most);
    }

    /** Addresses that more than one node answered for at a time, with whatever hardware address. */
    Set<Ip> twice() {
        return twice;
    }
}
