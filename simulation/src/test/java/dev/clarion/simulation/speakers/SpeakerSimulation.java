package dev.clarion.simulation.speakers;

import dev.clarion.announcement.NodeFacts;
import dev.clarion.announcement.membership.Profile;
import dev.clarion.announcement.ownership.Event;
import dev.clarion.announcement.ownership.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One run from one seed: a cluster comes up, troubles come and go, and then there is peace. */
final class SpeakerSimulation {
    /** Quick ones, so that runs are short. */
    static Settings settings(boolean rebalance) {
        return new Settings(Profile.NORMAL, 6, Duration.ofSeconds(3), true, rebalance, Duration.ofSeconds(2));
    }

    /** Longer than anything is waited for: what must hold must hold while it lasts. */
    private static final int LASTING = 14_000;

    /** Shorter than the limit for speakers that are away here. */
    private static final int SHORT = 2_000;

    private static final int LARGE_EVERY = 500;
    private static final int CALM_START = 3_000;
    private static final int PEACE = 12_000;
    private static final int REST = 2_000;

    private final long seed;
    private final SplittableRandom chance;
    private final SpeakerTally tally;
    private final SpeakerWorld world;
    private final List<String> names;
    private final int troubles;
    private final int lookEvery;
    private final boolean rebalance;
    private final List<String> history = new ArrayList<>();

    SpeakerSimulation(long seed, int nodes, int addresses, int troubles, Set<Breach> breaches, SpeakerTally tally) {
        this.seed = seed;
        this.chance = new SplittableRandom(seed);
        this.tally = tally;
        this.troubles = troubles;
        this.lookEvery = nodes > 20 ? 100 : 20;
        rebalance = chance.nextBoolean();
        world = new SpeakerWorld(nodes, settings(rebalance), chance.split(), breaches, tally);
        names = List.copyOf(world.nodes().keySet());
        if (rebalance) {
            world.rules().necessity().anything();
        }
        for (int i = 0; i < addresses; i++) {
            if (i % 5 == 4) {
                world.local(i, someNodes());
            } else {
                world.service(i, i % 3 == 0);
            }
        }
    }

    static boolean large(long seed) {
        return seed % LARGE_EVERY == LARGE_EVERY - 1;
    }

    /** The one of a seed: most are small, one of 500 has 100 nodes and 1,000 addresses. */
    static SpeakerSimulation of(long seed, Set<Breach> breaches, SpeakerTally tally) {
        if (large(seed)) {
            return new SpeakerSimulation(seed, 100, 1_000, 3, breaches, tally);
        }
        return switch ((int) (seed % 10)) {
            case 0, 1 -> new SpeakerSimulation(seed, 2, 6, 8, breaches, tally);
            case 2, 3, 4, 5, 6 -> new SpeakerSimulation(seed, 3, 10, 8, breaches, tally);
            case 7, 8 -> new SpeakerSimulation(seed, 5, 20, 8, breaches, tally);
            default -> new SpeakerSimulation(seed, 10, 30, 6, breaches, tally);
        };
    }

    SpeakerWorld world() {
        return world;
    }

    int nodes() {
        return names.size();
    }

    int addresses() {
        return world.addresses().size();
    }

    private Set<String> someNodes() {
        Set<String> some = new TreeSet<>();
        for (int i = 1 + chance.nextInt(3); i > 0; i--) {
            some.add(anyName());
        }
        return some;
    }

    private String anyName() {
        return names.get(chance.nextInt(names.size()));
    }

    /** What broke, and what led to it; empty if nothing did. */
    Optional<String> run() {
        tally.run(names.size());
        boolean mixed = chance.nextInt(3) == 0;
        for (SimulatedSpeaker node : world.nodes().values()) {
            node.newer = mixed && chance.nextBoolean();
            world.in(chance.nextInt(400), node::start);
        }
        world.touch();
        world.rules().necessity().trouble(Set.copyOf(names), CALM_START);
        look();
        world.run(CALM_START);
        for (int i = 0; i < troubles && world.rules().broken().isEmpty(); i++) {
            trouble(50 + chance.nextInt(chance.nextBoolean() ? 800 : 6_000));
            world.run(200 + chance.nextInt(2_500));
        }
        if (chance.nextInt(3) == 0) {
            trouble(LASTING);
            world.run(LASTING - 500);
        }
        peace();
        tally.traffic(world.mostTraffic());
        return world.rules()
                .broken()
                .map(what -> "seed " + seed + ", " + names.size() + " nodes: " + what + "; before: " + history);
    }

    private void look() {
        world.rules().look();
        world.in(lookEvery, this::look);
    }

    private void peace() {
        world.wires().heal();
        world.shaken(false);
        world.apiAway(false);
        for (SimulatedSpeaker node : world.nodes().values()) {
            revive(node);
        }
        world.touch();
        note("peace");
        world.run(PEACE);
        int moves = world.rules().moves();
        world.run(REST);
        if (world.rules().broken().isEmpty()) {
            world.rules().atRest();
        }
        if (!rebalance && world.rules().moves() != moves) {
            world.rules().fail("addresses still move at rest");
        }
    }

    private void revive(SimulatedSpeaker node) {
        world.wires().linkUp(node.name);
        node.wallOffset = 0;
        world.facts(new NodeFacts(node.name, false, false, false));
        world.member(node, true, 300);
        if (!node.kernelUp || !node.running()) {
            node.kernelUp = true;
            node.start();
        }
        node.carrier(true);
    }

    private void note(String what) {
        history.add(world.millis() + " " + what);
    }

    private void trouble(int millis) {
        SimulatedSpeaker node = world.node(anyName());
        world.touch();
        switch (chance.nextInt(20)) {
            case 0 -> shake(millis);
            case 1 -> split(Wires.Net.SEGMENT, Trouble.SEGMENT_SPLIT, millis);
            case 2 -> split(Wires.Net.NODES, Trouble.NODE_NETWORK_SPLIT, millis);
            case 3 -> oneWay(millis);
            case 4 -> block(node, millis);
            case 5 -> linkDown(node, millis);
            case 6 -> hole(node, millis);
            case 7, 8 -> death(node, millis);
            case 9 -> crash(node, millis);
            case 10, 11 -> restart(node, millis);
            case 12, 13 -> pause(node, millis);
            case 14 -> jump(node);
            case 15 -> outage(millis);
            case 16 -> newMember(node, millis);
            case 17 -> removed(node, millis);
            case 18 -> gateway(node, millis);
            default -> viewChange(node, millis);
        }
    }

    private void note(Trouble trouble, String what, int millis) {
        tally.add(trouble);
        note(trouble + " " + what + " for " + millis + " ms");
    }

    private void excuse(Set<String> some, int millis) {
        world.rules().necessity().trouble(some, millis);
    }

    /** A speaker that is away keeps its addresses, unless it is away for long. */
    private void excuseAway(SimulatedSpeaker node, int millis) {
        if (millis > SHORT) {
            excuse(Set.of(node.name), millis);
        }
    }

    private void then(int millis, Runnable undo) {
        world.in(millis, () -> {
            undo.run();
            world.touch();
        });
    }

    private void shake(int millis) {
        world.wires().loss = chance.nextInt(6) / 100.0;
        world.wires().duplication = chance.nextInt(5) / 100.0;
        world.wires().reordering = chance.nextInt(10) / 100.0;
        world.shaken(true);
        note("loss " + world.wires().loss + " for " + millis);
        then(millis, () -> {
            world.wires().loss = 0;
            world.wires().duplication = 0;
            world.wires().reordering = 0;
            world.shaken(false);
        });
    }

    private void split(Wires.Net net, Trouble trouble, int millis) {
        Set<String> other = names.stream().filter(n -> chance.nextBoolean()).collect(Collectors.toSet());
        other.forEach(name -> world.wires().side(net, name, 1));
        if (net == Wires.Net.SEGMENT) {
            excuse(Set.copyOf(names), millis);
        }
        note(trouble, other.toString(), millis);
        then(millis, () -> other.forEach(name -> world.wires().side(net, name, 0)));
    }

    private void oneWay(int millis) {
        String from = anyName();
        String to = anyName();
        if (from.equals(to)) {
            return;
        }
        world.wires().cutOneWay(from, to);
        excuse(Set.of(from, to), millis);
        note(Trouble.ONE_WAY, from + " to " + to, millis);
        then(millis, () -> world.wires().mend(from, to));
    }

    private void block(SimulatedSpeaker node, int millis) {
        world.wires().block(node.name);
        excuseAway(node, millis);
        note(Trouble.HEARTBEATS_BLOCKED, node.name, millis);
        then(millis, () -> world.wires().unblock(node.name));
    }

    private void linkDown(SimulatedSpeaker node, int millis) {
        world.wires().linkDown(node.name);
        node.carrier(false);
        excuse(Set.of(node.name), millis);
        note(Trouble.LINK_DOWN, node.name, millis);
        then(millis, () -> {
            world.wires().linkUp(node.name);
            node.carrier(true);
        });
    }

    private void hole(SimulatedSpeaker node, int millis) {
        world.wires().blackHole(node.name);
        excuse(Set.of(node.name), millis);
        note(Trouble.BLACK_HOLE, node.name, millis);
        then(millis, () -> world.wires().fill(node.name));
    }

    private void death(SimulatedSpeaker node, int millis) {
        if (!node.kernelUp) {
            return;
        }
        node.kill();
        node.kernelUp = false;
        excuse(Set.of(node.name), millis);
        note(Trouble.NODE_DEAD, node.name, millis);
        then(millis, () -> {
            if (!node.kernelUp) {
                tally.add(Trouble.NODE_BACK);
                node.kernelUp = true;
                node.start();
            }
        });
    }

    private void crash(SimulatedSpeaker node, int millis) {
        if (!node.running()) {
            return;
        }
        node.kill();
        excuseAway(node, millis);
        note(Trouble.CRASH, node.name, millis);
        then(millis, () -> startAgain(node));
    }

    private void restart(SimulatedSpeaker node, int millis) {
        if (!node.running()) {
            return;
        }
        node.deliver(new Event.Restarting());
        excuseAway(node, millis);
        note(Trouble.RESTART, node.name, millis);
        world.in(50, node::end);
        then(millis + 50, () -> startAgain(node));
    }

    private static void startAgain(SimulatedSpeaker node) {
        if (!node.running() && node.kernelUp) {
            node.start();
        }
    }

    private void pause(SimulatedSpeaker node, int millis) {
        if (node.running() && !node.paused()) {
            node.pause(world.now() + millis * 1_000_000L);
            excuseAway(node, millis);
            note(Trouble.PAUSE, node.name, millis);
            then(millis, () -> {});
            if (world.breach(Breach.TIME_TRAVEL)) {
                world.in(millis / 2, node::setBack);
            }
        }
    }

    private void jump(SimulatedSpeaker node) {
        node.wallOffset += chance.nextInt(-3_600_000, 3_600_000);
        note(Trouble.CLOCK_JUMP, node.name, 0);
    }

    private void outage(int millis) {
        world.apiAway(true);
        note(Trouble.API_OUTAGE, "", millis);
        then(millis, () -> world.apiAway(false));
    }

    private void newMember(SimulatedSpeaker node, int millis) {
        if (!node.kernelUp || names.size() < 2) {
            return;
        }
        node.kill();
        node.kernelUp = false;
        node.forget();
        world.member(node, false, 300);
        excuse(Set.of(node.name), millis + 5_000);
        note(Trouble.NEW_MEMBER, node.name, millis);
        then(millis, () -> {
            if (!node.kernelUp) {
                node.kernelUp = true;
                world.member(node, true, chance.nextBoolean() ? 300 : 5_000);
                node.start();
            }
        });
    }

    private void removed(SimulatedSpeaker node, int millis) {
        world.member(node, false, 300);
        excuse(Set.of(node.name), millis);
        note(Trouble.MEMBER_REMOVED, node.name, millis);
        then(millis, () -> world.member(node, true, 300));
    }

    private void gateway(SimulatedSpeaker node, int millis) {
        world.wires().cutGateway(node.name);
        excuse(Set.of(node.name), millis);
        note(Trouble.GATEWAY_LOST, node.name, millis);
        then(millis, () -> world.wires().mendGateway(node.name));
    }

    private void viewChange(SimulatedSpeaker node, int millis) {
        switch (chance.nextInt(3)) {
            case 0 -> {
                world.local(4, someNodes());
                world.publish();
                world.rules().necessity().wanted(Set.of(SpeakerWorld.address(4)), millis);
                note(Trouble.VIEW_CHANGE, "endpoints", millis);
            }
            case 1 -> {
                facts(node, new NodeFacts(node.name, true, false, false), millis);
                note(Trouble.VIEW_CHANGE, node.name + " excluded", millis);
            }
            default -> {
                facts(node, new NodeFacts(node.name, false, false, true, true, Map.of()), millis);
                note(Trouble.DRAIN, node.name, millis);
            }
        }
    }

    private void facts(SimulatedSpeaker node, NodeFacts facts, int millis) {
        excuse(Set.of(node.name), millis);
        world.facts(facts);
        world.publish();
        then(millis, () -> {
            world.facts(new NodeFacts(node.name, false, false, false));
            world.publish();
        });
    }
}
