package dev.clarion.announcement.ownership;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.RendezvousHash;
import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.Heartbeat;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.membership.Roster;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which nodes may own an address, and in which order they are preferred. The same on every node that knows the same;
 * where two differ, the conflict rule decides. Good for one look: what it finds about speakers it keeps.
 */
final class Placement {
    private final Memory memory;
    private final Eligibility eligibility;
    private final Roster roster;
    private final List<String> nodes;
    private final Map<String, Speaker> speakers = new HashMap<>();
    private final Map<Ip, Boolean> gateways = new HashMap<>();

    Placement(Memory memory, Eligibility eligibility) {
        this.memory = memory;
        this.eligibility = eligibility;
        this.roster = memory.roster;
        this.nodes = withSelf(eligibility.nodes(), memory.self);
    }

    private static List<String> withSelf(List<String> nodes, String self) {
        if (nodes.contains(self)) {
            return nodes;
        }
        List<String> all = new ArrayList<>(nodes);
        all.add(self);
        return all;
    }

    /** All nodes that there is anything to say of. */
    List<String> nodes() {
        return nodes;
    }

    /** What keeps a node from owning an address that nothing general keeps from being owned. */
    AnnouncementReason obstacle(String node, Ip address) {
        AnnouncementReason ofNode = eligibility.ofNode(node, address);
        if (ofNode == AnnouncementReason.NODE_UNKNOWN) {
            return ofNode;
        }
        boolean own = node.equals(memory.self);
        AnnouncementReason ofSpeaker = speaker(node).obstacle();
        if (ofSpeaker != AnnouncementReason.ANNOUNCED) {
            return ofSpeaker;
        }
        return ofNode == AnnouncementReason.ANNOUNCED ? there(node, own, address) : ofNode;
    }

    private boolean joining(String node) {
        return !node.equals(memory.self)
                && roster.condition(node) == Condition.AWAY
                && roster.badSince(node).isEmpty()
                && roster.said(node)
                        .filter(said -> said.state() == NodeState.JOINING)
                        .isPresent();
    }

    private boolean eligible(String node, Ip address) {
        return eligibility.ofNode(node, address) == AnnouncementReason.ANNOUNCED
                && there(node, node.equals(memory.self), address) == AnnouncementReason.ANNOUNCED;
    }

    private AnnouncementReason there(String node, boolean own, Ip address) {
        if (eligibility.leaving(node)) {
            return AnnouncementReason.NODE_LEAVING;
        }
        if (!onSegment(node, address)) {
            return AnnouncementReason.NO_INTERFACE_IN_SUBNET;
        }
        boolean unreachable =
                own ? memory.cuts.has(roster.interfaceOf(address).orElse("")) : !roster.reaches(node, address);
        if (unreachable) {
            return AnnouncementReason.SEGMENT_UNREACHABLE;
        }
        if (eligibility.served(node, address) == 0) {
            return AnnouncementReason.NO_LOCAL_ENDPOINT;
        }
        if (memory.quarantined.contains(address)) {
            return AnnouncementReason.QUARANTINED;
        }
        return own && memory.missing.contains(address)
                ? AnnouncementReason.DATA_PLANE_NOT_READY
                : AnnouncementReason.ANNOUNCED;
    }

    private AnnouncementReason ownSpeaker() {
        if (memory.course == NodeState.ACTIVE || memory.course == NodeState.RESTARTING) {
            return memory.joined ? AnnouncementReason.ANNOUNCED : AnnouncementReason.SPEAKER_AWAY;
        }
        return AnnouncementReason.SPEAKER_LEAVING;
    }

    /**
     * What does not depend on the address.
     *
     * @param obstacle what keeps the node's speaker from owning anything
     * @param takes whether it takes what is free
     * @param joining whether it is just about to join
     * @param tired whether it rather gets nothing new
     */
    private record Speaker(
            AnnouncementReason obstacle, boolean takes, boolean joining, boolean tired, List<Segment> segments) {}

    private Speaker speaker(String node) {
        Speaker known = speakers.get(node);
        if (known == null) {
            boolean own = node.equals(memory.self);
            boolean takes = own
                    ? memory.mayClaim()
                    : roster.said(node)
                            .filter(said -> said.state() == NodeState.ACTIVE)
                            .isPresent();
            known = new Speaker(
                    own ? ownSpeaker() : otherSpeaker(node),
                    takes,
                    joining(node),
                    tiredNow(node),
                    own ? roster.interfaces() : roster.segments(node));
            speakers.put(node, known);
        }
        return known;
    }

    private AnnouncementReason otherSpeaker(String node) {
        return switch (roster.condition(node)) {
            case LEFT ->
                new Recognition(memory).stranger(node)
                        ? AnnouncementReason.MEMBER_UNKNOWN
                        : AnnouncementReason.SPEAKER_NOT_ALIVE;
            case DEAD -> AnnouncementReason.SPEAKER_NOT_ALIVE;
            case AWAY -> AnnouncementReason.SPEAKER_AWAY;
            case ALIVE, SEGMENT_DEAD ->
                roster.said(node)
                        .map(Heartbeat::state)
                        .map(state -> switch (state) {
                            case DRAINING, STOPPING -> AnnouncementReason.SPEAKER_LEAVING;
                            case JOINING -> AnnouncementReason.SPEAKER_AWAY;
                            case ACTIVE, RESTARTING -> AnnouncementReason.ANNOUNCED;
                        })
                        .orElse(AnnouncementReason.SPEAKER_NOT_ALIVE);
        };
    }

    /** Whether the node has a usable interface in the address's network, and may announce there. */
    boolean onSegment(String node, Ip address) {
        for (Segment segment : speaker(node).segments()) {
            if (segment.usable() && segment.holds(address) && eligibility.admits(node, address, segment.name())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the gateways are silent to a node on the address's segment, and answer another one there. */
    boolean gatewaySilent(String node, Ip address) {
        return gateway(node, address) == Segment.Gateway.SILENT
                && gateways.computeIfAbsent(address, this::anyGateway);
    }

    private boolean anyGateway(Ip address) {
        for (String node : nodes()) {
            boolean there = node.equals(memory.self) || roster.condition(node) == Condition.ALIVE;
            if (there && gateway(node, address) == Segment.Gateway.ANSWERS) {
                return true;
            }
        }
        return false;
    }

    private Segment.Gateway gateway(String node, Ip address) {
        for (Segment segment : speaker(node).segments()) {
            if (segment.usable() && segment.holds(address)) {
                return segment.gateway();
            }
        }
        return Segment.Gateway.UNKNOWN;
    }

    /** Whether a node rather gets nothing new: it is cordoned, or came back lately. */
    boolean tired(String node) {
        return speaker(node).tired();
    }

    private boolean tiredNow(String node) {
        return eligibility.cordoned(node)
                || (node.equals(memory.self) ? memory.flaps.damped(memory.now) : roster.damped(node, memory.now));
    }

    /** How much the loads of the two best matter. */
    enum Spread {
        /** The emptier comes first: for what one node decides for all, or what nobody needs yet. */
        EVEN,
        /** Only a great difference matters: for what all must decide alike at one moment. */
        STEADY
    }

    /** Those who could own the address, best first. */
    List<String> owners(Ip address, List<Ip> group, Map<String, Integer> loads, Spread spread) {
        return owners(address, group, loads, spread, false);
    }

    /**
     * Those who could own the address, best first.
     *
     * @param waiting whether those count who are just about to join: where nobody ever had the address that is worth a
     *     moment, lest the first of a cluster that starts takes all
     */
    List<String> owners(Ip address, List<Ip> group, Map<String, Integer> loads, Spread spread, boolean waiting) {
        List<String> candidates = new ArrayList<>();
        for (String node : nodes()) {
            Speaker speaker = speaker(node);
            if (waiting && speaker.joining() && eligible(node, address)) {
                candidates.add(node);
                continue;
            }
            if (speaker.takes() && obstacle(node, address) == AnnouncementReason.ANNOUNCED) {
                candidates.add(node);
            }
        }
        return ordered(candidates, address, group, loads, spread);
    }

    /** Those who could answer in the owner's name, best first: on the segment and awake is enough, but those who could own
     * it come first, since one of them will if the owner stays away. */
    List<String> caretakers(Ip address, List<Ip> group, String owner, Map<String, Integer> loads) {
        List<String> order = new ArrayList<>(owners(address, group, loads, Spread.STEADY));
        List<String> others = new ArrayList<>();
        for (String node : nodes()) {
            boolean awake = node.equals(memory.self)
                    ? memory.mayClaim()
                            && !memory.cuts.has(roster.interfaceOf(address).orElse(""))
                    : roster.condition(node) == Condition.ALIVE
                            && roster.said(node)
                                    .filter(said -> said.state() == NodeState.ACTIVE)
                                    .isPresent()
                            && roster.reaches(node, address);
            if (awake && !order.contains(node) && onSegment(node, address)) {
                others.add(node);
            }
        }
        order.addAll(ordered(others, address, group, loads, Spread.STEADY));
        order.remove(owner);
        return order;
    }

    private record Candidate(
            String node,
            boolean silent,
            boolean fading,
            int coverage,
            int weight,
            boolean tired,
            int crowd,
            boolean mate,
            long score,
            int load) {
        /** Below zero if this one comes first, whatever the scores. */
        int standing(Candidate other) {
            if (silent != other.silent) {
                return silent ? 1 : -1;
            }
            if (fading != other.fading) {
                return fading ? 1 : -1;
            }
            if (coverage != other.coverage) {
                return other.coverage - coverage;
            }
            if (weight != other.weight) {
                return Integer.compare(other.weight, weight);
            }
            if (tired != other.tired) {
                return tired ? 1 : -1;
            }
            if (crowd != other.crowd) {
                return crowd - other.crowd;
            }
            return mate == other.mate ? 0 : mate ? -1 : 1;
        }
    }

    /**
     * Those who have a gateway first, and those whose endpoints stay; then most of the group, so that both families of a Service sit together; then those whom the configuration
     * prefers; then those who neither are cordoned nor came back lately; then who has fewest of those that are to be apart;
     * then who has others of the group; then by score.
     * Of the two best, the one that owns less comes first, see {@link Spread}.
     */
    private static int better(Candidate one, Candidate other) {
        int standing = one.standing(other);
        if (standing != 0) {
            return standing;
        }
        int score = Long.compareUnsigned(other.score(), one.score());
        return score != 0 ? score : one.node().compareTo(other.node());
    }

    private List<String> ordered(
            List<String> nodes, Ip address, List<Ip> group, Map<String, Integer> loads, Spread spread) {
        List<Candidate> candidates = new ArrayList<>(nodes.size());
        for (String node : nodes) {
            candidates.add(new Candidate(
                    node,
                    gatewaySilent(node, address),
                    eligibility.staying(node, address) == 0,
                    coverage(node, group),
                    eligibility.weight(node, address),
                    tired(node),
                    crowd(node, address),
                    group.size() > 1 && hasMate(node, address, group),
                    RendezvousHash.score(node, group.getFirst()),
                    loads.getOrDefault(node, 0)));
        }
        candidates.sort(Placement::better);
        if (candidates.size() > 1 && swap(candidates.get(0), candidates.get(1), spread)) {
            candidates.addFirst(candidates.remove(1));
        }
        return candidates.stream().map(Candidate::node).toList();
    }

    private static boolean swap(Candidate first, Candidate second, Spread spread) {
        int enough = spread == Spread.EVEN ? second.load() : second.load() + second.load() / 4 + 2;
        return first.standing(second) == 0 && first.load() > enough;
    }

    /** How many Services' addresses of the group the node serves, counted by address. */
    int coverage(String node, List<Ip> group) {
        int coverage = 0;
        for (Ip address : group) {
            if (eligibility.general(address) == AnnouncementReason.ANNOUNCED && onSegment(node, address)) {
                coverage += eligibility.served(node, address);
            }
        }
        return coverage;
    }

    /** How many of the addresses that are to be on other nodes than this one the node has, or is about to have. */
    int crowd(String node, Ip address) {
        int crowd = 0;
        for (Ip other : eligibility.apart(address)) {
            OwnershipRecord record = memory.records.get(other);
            Memory.Vacancy vacancy = memory.vacancies.get(other);
            boolean next = vacancy != null
                    && !vacancy.order().isEmpty()
                    && vacancy.order().getFirst().equals(node);
            crowd += next || (vacancy == null && record != null && record.ownedBy(node)) ? 1 : 0;
        }
        return crowd;
    }

    private boolean hasMate(String node, Ip address, List<Ip> group) {
        for (Ip other : group) {
            OwnershipRecord record = memory.records.get(other);
            if (!other.equals(address) && record != null && record.ownedBy(node)) {
                return true;
            }
        }
        return false;
    }
}
