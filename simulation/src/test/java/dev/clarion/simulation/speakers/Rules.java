package dev.clarion.simulation.speakers;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.heartbeat.DropReason;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.ownership.Action;
import dev.clarion.announcement.ownership.Answers;
import dev.clarion.announcement.ownership.Ownership;
import dev.clarion.announcement.ownership.Step;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What must hold, whatever happens. After every step:
 *
 * <ol>
 *   <li>a speaker that stood still or was cut off answers for nothing until it has asked;
 *   <li>the epoch of an address only grows, in the eyes of each speaker;
 *   <li>who answers in another's name uses that one's hardware address;
 *   <li>no address moves without a reason, see {@link Necessity};
 *   <li>what a node sends, announces and has to think of within a second is bounded, see {@link Traffic}.
 * </ol>
 *
 * And some time after the world last changed:
 *
 * <ol>
 *   <li value="6">of two speakers that hear each other only one answers for an address with its own hardware address;
 *   <li>and who answers in the owner's name names the same owner;
 *   <li>an address is answered for in each part of the segment where an eligible node lives that is not alone there;
 *   <li>and by one who has a gateway, if one that could has one.
 * </ol>
 *
 * And at rest:
 *
 * <ol>
 *   <li value="10">all have the same records, everybody has joined, and nothing moves any more.
 * </ol>
 */
final class Rules {
    static final int COUNT = 10;

    private static final long TWO_OWNERS = TimeUnit.MILLISECONDS.toNanos(1_000);
    /** A hand-over makes before it breaks: both answer until what the new owner says has come to the old one. */
    private static final long HAND_OVER = TimeUnit.MILLISECONDS.toNanos(15);
    /** What is said of a hand-over is said again after 100 ms if it is lost. */
    private static final long HAND_OVER_SHAKEN = TimeUnit.MILLISECONDS.toNanos(1_000);

    private static final long TWO_OWNERS_SHAKEN = TimeUnit.MILLISECONDS.toNanos(4_000);
    static final long NO_OWNER_BEYOND_PATIENCE = TimeUnit.MILLISECONDS.toNanos(4_000);
    private static final long GATEWAY_LOST = TimeUnit.MILLISECONDS.toNanos(6_000);
    private static final long SETTLED = TimeUnit.SECONDS.toNanos(3);

    private record Two(Ip address, SimulatedSpeaker one, SimulatedSpeaker other) {}

    private record Death(String node, long at) {}

    private final SpeakerWorld world;
    private final SpeakerTally tally;
    private final Map<String, Map<Ip, OwnershipRecord>> epochs = new HashMap<>();
    private final Map<Ip, OwnershipRecord> highest = new HashMap<>();
    private final Map<Ip, Integer> moves = new TreeMap<>();
    private final Map<DropReason, Long> drops = new HashMap<>();
    private final Map<Ip, Death> deaths = new TreeMap<>();
    private final List<Long> takeovers = new ArrayList<>();
    private final Map<Two, Long> twoSince = new HashMap<>();
    private final Necessity necessity;
    private @Nullable Eligibility eligibility;
    private long eligibleAt = -1;
    private Optional<String> broken = Optional.empty();

    Rules(SpeakerWorld world, SpeakerTally tally) {
        this.world = world;
        this.tally = tally;
        this.necessity = new Necessity(world);
    }

    Necessity necessity() {
        return necessity;
    }

    Optional<String> broken() {
        return broken;
    }

    void fail(String what) {
        if (broken.isEmpty()) {
            broken = Optional.of("at " + world.millis() + " ms: " + what);
        }
    }

    void started(SimulatedSpeaker speaker) {
        epochs.put(speaker.name, new HashMap<>());
    }

    void dropped(DropReason reason) {
        drops.merge(reason, 1L, Long::sum);
    }

    long drops(DropReason reason) {
        return drops.getOrDefault(reason, 0L);
    }

    /** How often the owner of an address changed, from one node to another. */
    int moves(Ip address) {
        return moves.getOrDefault(address, 0);
    }

    int moves() {
        return moves.values().stream().mapToInt(Integer::intValue).sum();
    }

    void forgetMoves() {
        moves.clear();
    }

    /** The owner dies now: measures how long its addresses go unanswered. */
    void dies(SimulatedSpeaker node) {
        node.answers()
                .own()
                .values()
                .forEach(addresses ->
                        addresses.forEach(address -> deaths.put(address, new Death(node.name, world.now()))));
    }

    /** How long addresses went unanswered after their owners died, in milliseconds. */
    List<Long> takeovers() {
        return takeovers;
    }

    /** Addresses whose owner died and that nobody has taken over. */
    Set<Ip> orphans() {
        return deaths.keySet();
    }

    void stepped(SimulatedSpeaker speaker, Step step, Answers answers) {
        boolean fenced = step.actions().stream().anyMatch(Action.Fenced.class::isInstance);
        if (fenced
                && speaker.company()
                && !(answers.own().isEmpty() && answers.inName().isEmpty())) {
            fail(speaker.name + " was fenced, and answers for " + answers);
        }
        if (!step.decided()) {
            return;
        }
        step.next().records().values().forEach(record -> record(speaker, record));
        answers.inName()
                .forEach((name, addresses) -> addresses.forEach((address, mac) -> {
                    OwnershipRecord record = step.next().records().get(address);
                    if (record == null || !world.node(record.owner()).mac.equals(mac)) {
                        fail(speaker.name + " answers for " + address + " with " + mac + ", but " + record);
                    }
                }));
        if (!deaths.isEmpty()) {
            answers.own().values().forEach(addresses -> addresses.forEach(address -> tookOver(speaker, address)));
        }
    }

    private void tookOver(SimulatedSpeaker speaker, Ip address) {
        Death death = deaths.get(address);
        if (death != null && !death.node().equals(speaker.name)) {
            deaths.remove(address);
            long millis = TimeUnit.NANOSECONDS.toMillis(world.now() - death.at());
            takeovers.add(millis);
            tally.takeover(millis);
        }
    }

    private void record(SimulatedSpeaker speaker, OwnershipRecord record) {
        Map<Ip, OwnershipRecord> known = epochs.computeIfAbsent(speaker.name, n -> new HashMap<>());
        OwnershipRecord before = known.put(record.address(), record);
        if (record.equals(before)) {
            return;
        }
        if (before != null && before.epoch() > record.epoch()) {
            fail(speaker.name + " went back from " + before + " to " + record);
        }
        if (record.released() && record.owner().equals(speaker.name)) {
            necessity.released(record.address());
        }
        if (record.ownedBy(speaker.name)) {
            OwnershipRecord top = highest.get(record.address());
            if (top == null || record.epoch() > top.epoch()) {
                highest.put(record.address(), record);
                if (top != null && !top.owner().equals(record.owner())) {
                    moves.merge(record.address(), 1, Integer::sum);
                    tally.move();
                }
            }
        }
    }

    /** Looks at the whole world. */
    void look() {
        tally.check();
        Map<Ip, List<SimulatedSpeaker>> own = new HashMap<>();
        Map<Ip, List<SimulatedSpeaker>> inName = new HashMap<>();
        for (SimulatedSpeaker node : world.nodes().values()) {
            if (node.kernelUp && node.running()) {
                node.answers()
                        .own()
                        .values()
                        .forEach(addresses -> addresses.forEach(address -> {
                            if (node.answersNow(address)) {
                                own.computeIfAbsent(address, a -> new ArrayList<>(1))
                                        .add(node);
                            }
                        }));
                node.answers()
                        .inName()
                        .values()
                        .forEach(addresses -> addresses.keySet().forEach(address -> {
                            if (node.inNameNow(address) != null) {
                                inName.computeIfAbsent(address, a -> new ArrayList<>(1))
                                        .add(node);
                            }
                        }));
            }
        }
        necessity.look(own).ifPresent(this::fail);
        long calm = world.now() - world.changedAt();
        if (own.values().stream().anyMatch(this::disagree)) {
            tally.disagreement(TimeUnit.NANOSECONDS.toMillis(calm));
        }
        twoSince.keySet().removeIf(two -> !bothAnswer(two, own, inName));
        if (calm >= (world.shaken() ? TWO_OWNERS_SHAKEN : TWO_OWNERS)) {
            own.forEach(this::oneOwner);
            inName.forEach((address, nodes) -> oneName(address, nodes, own.getOrDefault(address, List.of())));
        }
        long patience = world.settings().awayLimit().toNanos() + NO_OWNER_BEYOND_PATIENCE;
        if (calm >= patience && !world.apiAway() && !world.wires().anyOneWay()) {
            everyPartServed(own, inName);
        }
        if (calm >= GATEWAY_LOST
                && !world.shaken()
                && !world.apiAway()
                && !world.wires().anyOneWay()) {
            own.forEach(this::withGateway);
        }
    }

    private void withGateway(Ip address, List<SimulatedSpeaker> nodes) {
        for (SimulatedSpeaker owner : nodes) {
            if (!gateway(owner)) {
                part(owner).stream()
                        .filter(other -> together(owner, other) && gateway(other) && could(other, address))
                        .findFirst()
                        .ifPresent(other -> fail(owner.name + " answers for " + address + " and has no gateway, but "
                                + other.name + " has one"));
            }
        }
    }

    private boolean gateway(SimulatedSpeaker node) {
        return world.wires().openBoth(node.name, Wires.GATEWAY, Wires.Net.SEGMENT);
    }

    private boolean together(SimulatedSpeaker one, SimulatedSpeaker other) {
        return world.wires().openBoth(one.name, other.name, Wires.Net.SEGMENT)
                && world.wires().talk(one.name, other.name);
    }

    private boolean disagree(List<SimulatedSpeaker> nodes) {
        return nodes.stream().anyMatch(one -> nodes.stream().anyMatch(other -> one != other && acquainted(one, other)));
    }

    /** Whether the two could find out about each other: at least one has the other as a member, and knows a way that is open. */
    private boolean acquainted(SimulatedSpeaker one, SimulatedSpeaker other) {
        return together(one, other) && (knows(one, other) || knows(other, one));
    }

    private boolean knows(SimulatedSpeaker one, SimulatedSpeaker other) {
        Ownership core = one.core();
        if (core == null
                || one.members().stream().noneMatch(member -> member.node().equals(other.name))) {
            return false;
        }
        return world.wires().openBoth(one.name, other.name, Wires.Net.NODES)
                || !core.snapshot(false)
                        .segments()
                        .getOrDefault(other.name, List.of())
                        .isEmpty();
    }

    private void oneOwner(Ip address, List<SimulatedSpeaker> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            for (int j = i + 1; j < nodes.size(); j++) {
                if (acquainted(nodes.get(i), nodes.get(j)) && lasts(address, nodes.get(i), nodes.get(j))) {
                    fail(nodes.get(i).name + " and " + nodes.get(j).name + " both answer for " + address);
                }
            }
        }
    }

    private boolean lasts(Ip address, SimulatedSpeaker one, SimulatedSpeaker other) {
        long since = twoSince.computeIfAbsent(new Two(address, one, other), two -> world.now());
        return world.now() - since >= (world.shaken() ? HAND_OVER_SHAKEN : HAND_OVER);
    }

    private static boolean bothAnswer(
            Two two, Map<Ip, List<SimulatedSpeaker>> own, Map<Ip, List<SimulatedSpeaker>> inName) {
        List<SimulatedSpeaker> owners = own.getOrDefault(two.address(), List.of());
        List<SimulatedSpeaker> caretakers = inName.getOrDefault(two.address(), List.of());
        return (owners.contains(two.one()) || caretakers.contains(two.one())) && owners.contains(two.other());
    }

    private void oneName(Ip address, List<SimulatedSpeaker> caretakers, List<SimulatedSpeaker> owners) {
        for (SimulatedSpeaker caretaker : caretakers) {
            Mac mac = caretaker.inNameNow(address);
            for (SimulatedSpeaker owner : owners) {
                boolean differ = acquainted(caretaker, owner) && !same(owner.mac, mac);
                if (differ && lasts(address, caretaker, owner)) {
                    fail(caretaker.name + " answers for " + address + " with " + mac + ", and " + owner.name
                            + " with its own");
                }
            }
        }
    }

    private static boolean same(Mac one, @Nullable Mac other) {
        return other != null && one.equals(other);
    }

    private Eligibility eligibility() {
        Eligibility known = eligibility;
        if (known == null || eligibleAt != world.changedAt()) {
            known = Eligibility.of(world.view(world.nodes().firstKey()));
            eligibility = known;
            eligibleAt = world.changedAt();
        }
        return known;
    }

    private void everyPartServed(Map<Ip, List<SimulatedSpeaker>> own, Map<Ip, List<SimulatedSpeaker>> inName) {
        Set<String> seen = new HashSet<>();
        for (SimulatedSpeaker node : world.nodes().values()) {
            if (node.kernelUp && seen.add(node.name)) {
                List<SimulatedSpeaker> part = part(node);
                part.forEach(member -> seen.add(member.name));
                boolean company = gateway(node) || part.size() > 1;
                if (company && complete(part)) {
                    world.addresses().forEach(address -> served(address, part, own, inName));
                }
            }
        }
    }

    private List<SimulatedSpeaker> part(SimulatedSpeaker first) {
        List<SimulatedSpeaker> part = new ArrayList<>(List.of(first));
        for (int i = 0; i < part.size(); i++) {
            SimulatedSpeaker from = part.get(i);
            for (SimulatedSpeaker other : world.nodes().values()) {
                if (other.kernelUp
                        && !part.contains(other)
                        && world.wires().openBoth(from.name, other.name, Wires.Net.SEGMENT)) {
                    part.add(other);
                }
            }
        }
        return part;
    }

    /** Whether all of a part hear each other: else it is not one part. */
    private boolean complete(List<SimulatedSpeaker> part) {
        for (SimulatedSpeaker one : part) {
            for (SimulatedSpeaker other : part) {
                if (one != other && !together(one, other)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void served(
            Ip address,
            List<SimulatedSpeaker> part,
            Map<Ip, List<SimulatedSpeaker>> own,
            Map<Ip, List<SimulatedSpeaker>> inName) {
        if (part.stream().noneMatch(node -> could(node, address))) {
            return;
        }
        boolean byOwner = own.getOrDefault(address, List.of()).stream().anyMatch(part::contains);
        boolean inAName = inName.getOrDefault(address, List.of()).stream()
                .filter(part::contains)
                .anyMatch(caretaker -> part.stream()
                        .anyMatch(owner -> owner.kernelUp && same(owner.mac, caretaker.inNameNow(address))));
        if (!byOwner && !inAName) {
            fail("nobody answers for " + address + " in the part of " + part.getFirst().name);
        }
    }

    private boolean could(SimulatedSpeaker node, Ip address) {
        Ownership core = node.core();
        return core != null
                && !node.paused()
                && world.wires().carrier(node.name)
                && !world.wires().hole(node.name)
                && core.state() == NodeState.ACTIVE
                && world.now() - node.startedAt > SETTLED
                && eligibility().general(address) == AnnouncementReason.ANNOUNCED
                && eligibility().ofNode(node.name, address) == AnnouncementReason.ANNOUNCED
                && !eligibility().leaving(node.name)
                && eligibility().served(node.name, address) > 0;
    }

    /** At rest: everybody says the same. */
    void atRest() {
        Map<Ip, OwnershipRecord> expected = null;
        String first = "";
        for (SimulatedSpeaker node : world.nodes().values()) {
            Ownership core = node.core();
            if (core == null || core.state() != NodeState.ACTIVE) {
                fail(node.name + " has not joined: " + (core == null ? "no speaker" : core.state()));
                return;
            }
            Map<Ip, OwnershipRecord> records = new TreeMap<>(core.records());
            records.keySet().retainAll(world.addresses());
            records.replaceAll((address, record) -> ageless(record));
            if (expected == null) {
                expected = records;
                first = node.name;
            } else if (!expected.equals(records)) {
                fail(difference(first, expected, node.name, records));
                return;
            }
        }
    }

    /** Since when is for people, and by the clock of whoever noted it. */
    private static OwnershipRecord ageless(OwnershipRecord record) {
        return new OwnershipRecord(record.address(), record.owner(), record.epoch(), 0, record.released());
    }

    private static String difference(
            String one, Map<Ip, OwnershipRecord> first, String other, Map<Ip, OwnershipRecord> second) {
        for (Map.Entry<Ip, OwnershipRecord> entry : first.entrySet()) {
            if (!entry.getValue().equals(second.get(entry.getKey()))) {
                return one + " has " + entry.getValue() + ", " + other + " has " + second.get(entry.getKey());
            }
        }
        return one + " has fewer records than " + other;
    }
}
