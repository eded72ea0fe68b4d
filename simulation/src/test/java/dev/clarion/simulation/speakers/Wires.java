package dev.clarion.simulation.speakers;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Who reaches whom: the node network and the segment, each direction by itself, and how well. */
final class Wires {
    /** A network that nodes are on. */
    enum Net {
        /** Where the nodes' addresses are. */
        NODES,
        /** Where the addresses of Services are, with a gateway. */
        SEGMENT
    }

    static final String GATEWAY = "gateway";

    private record Way(String from, String to, Net net) {}

    private final SplittableRandom chance;
    private final SpeakerTally tally;
    private final Map<Net, Map<String, Integer>> sides = new HashMap<>();
    private final Set<Way> cut = new HashSet<>();
    private final Set<String> blocked = new HashSet<>();
    private final Set<String> holes = new HashSet<>();
    private final Set<String> down = new HashSet<>();
    double loss;
    double duplication;
    double reordering;
    /** Nanoseconds that a datagram takes. */
    long delay = 200_000;

    Wires(SplittableRandom chance, SpeakerTally tally) {
        this.chance = chance;
        this.tally = tally;
        for (Net net : Net.values()) {
            sides.put(net, new TreeMap<>());
        }
    }

    void side(Net net, String node, int side) {
        sides.computeIfAbsent(net, n -> new TreeMap<>()).put(node, side);
    }

    void cutOneWay(String from, String to) {
        for (Net net : Net.values()) {
            cut.add(new Way(from, to, net));
        }
    }

    void mend(String from, String to) {
        for (Net net : Net.values()) {
            cut.remove(new Way(from, to, net));
        }
    }

    /** The segment's gateway and a node do not hear each other; all else on the segment goes on. */
    void cutGateway(String node) {
        cut.add(new Way(node, GATEWAY, Net.SEGMENT));
    }

    void mendGateway(String node) {
        cut.remove(new Way(node, GATEWAY, Net.SEGMENT));
    }

    void unblock(String node) {
        blocked.remove(node);
    }

    /** Datagrams of speakers on both networks; ARP goes on. */
    void block(String node) {
        blocked.add(node);
    }

    void blackHole(String node) {
        holes.add(node);
    }

    void linkDown(String node) {
        down.add(node);
    }

    void linkUp(String node) {
        down.remove(node);
    }

    boolean carrier(String node) {
        return !down.contains(node);
    }

    void heal() {
        sides.values().forEach(Map::clear);
        cut.clear();
        blocked.clear();
        holes.clear();
        loss = 0;
        duplication = 0;
        reordering = 0;
    }

    void fill(String node) {
        holes.remove(node);
    }

    /** Whether anything gets from one to the other, loss aside. */
    boolean open(String from, String to, Net net) {
        Map<String, Integer> side = sides.getOrDefault(net, Map.of());
        return side.getOrDefault(from, 0).equals(side.getOrDefault(to, 0))
                && !cut.contains(new Way(from, to, net))
                && !holes.contains(from)
                && !holes.contains(to)
                && (net == Net.NODES || (!down.contains(from) && !down.contains(to)));
    }

    boolean openBoth(String one, String other, Net net) {
        return open(one, other, net) && open(other, one, net);
    }

    /** Whether datagrams of speakers get through both ways, on any network. */
    boolean talk(String one, String other) {
        return !blocked.contains(one)
                && !blocked.contains(other)
                && (openBoth(one, other, Net.NODES) || openBoth(one, other, Net.SEGMENT));
    }

    boolean blocked(String node) {
        return blocked.contains(node);
    }

    boolean anyOneWay() {
        return cut.stream().anyMatch(way -> !way.to().equals(GATEWAY));
    }

    boolean hole(String node) {
        return holes.contains(node);
    }

    boolean lost() {
        boolean lost = loss > 0 && chance.nextDouble() < loss;
        if (lost) {
            tally.add(Trouble.LOST);
        }
        return lost;
    }

    boolean twice() {
        boolean twice = duplication > 0 && chance.nextDouble() < duplication;
        if (twice) {
            tally.add(Trouble.DUPLICATED);
        }
        return twice;
    }

    long latency() {
        if (reordering > 0 && chance.nextDouble() < reordering) {
            tally.add(Trouble.REORDERED);
            return delay + chance.nextLong(30_000_000);
        }
        return delay + chance.nextLong(delay);
    }
}
