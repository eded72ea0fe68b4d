package dev.clarion.announcement.ownership;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.RendezvousHash;
import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.Heartbeat;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.membership.Roster;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes are to the addresses, whatever their endpoints. Most addresses are of one kind: in the same networks, and
 * of the same advertisements. What is found out about a node is found out once for all addresses of a kind, so that a
 * look at many addresses and nodes costs little more than one at each. Good for one look.
 */
final class Fitness {
    private final Memory memory;
    private final Eligibility eligibility;
    private final Roster roster;
    private final List<String> nodes;
    private final Map<String, Speaker> speakers = new HashMap<>();
    private final Map<Alike, Kind> kinds = new HashMap<>();
    private final Map<Ip, Kind> kindOf = new HashMap<>();
    private @Nullable List<Prefix> networks;

    Fitness(Memory memory, Eligibility eligibility) {
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

    /** The addresses that are like this one. */
    Kind kind(Ip address) {
        Kind known = kindOf.get(address);
        if (known == null) {
            Alike alike = new Alike(eligibility.kind(address), networksOf(address));
            known = kinds.computeIfAbsent(alike, a -> new Kind(address));
            kindOf.put(address, known);
        }
        return known;
    }

    /** What addresses have in common that are of one kind. */
    private record Alike(int kind, BitSet networks) {}

    private BitSet networksOf(Ip address) {
        List<Prefix> all = networks;
        if (all == null) {
            LinkedHashSet<Prefix> found = new LinkedHashSet<>();
            for (String node : nodes) {
                for (Segment segment : speaker(node).segments()) {
                    segment.addresses().forEach(on -> found.add(on.network()));
                }
            }
            all = List.copyOf(found);
            networks = all;
        }
        BitSet of = new BitSet();
        for (int i = 0; i < all.size(); i++) {
            of.set(i, all.get(i).contains(address));
        }
        return of;
    }

    /** Addresses that are alike for every node; one of them stands for all. */
    final class Kind {
        private final Ip one;
        private final Map<String, Fit> fits = new HashMap<>();
        private @Nullable List<Fit> all;
        private @Nullable Boolean anyGateway;

        private Kind(Ip one) {
            this.one = one;
        }

        Fit of(String node) {
            Fit known = fits.get(node);
            if (known == null) {
                known = fit(node, nodes.indexOf(node), one);
                fits.put(node, known);
            }
            return known;
        }

        /** All nodes, in order. */
        List<Fit> all() {
            List<Fit> known = all;
            if (known == null) {
                List<Fit> found = new ArrayList<>(nodes.size());
                for (String node : nodes) {
                    Fit fit = fits.get(node);
                    fit = fit == null ? fit(node, found.size(), one) : fit;
                    fits.put(node, fit);
                    found.add(fit);
                }
                known = Collections.unmodifiableList(found);
                all = known;
            }
            return known;
        }

        /** The nodes that are so, in order of their names. */
        List<Fit> all(Predicate<Fit> so) {
            List<Fit> found = new ArrayList<>(all().size());
            for (Fit fit : all()) {
                if (so.test(fit)) {
                    found.add(fit);
                }
            }
            return found;
        }

        /** Whether the gateways are silent to a node, and answer another one there. */
        boolean gatewaySilent(Fit fit) {
            return fit.gateway() == Segment.Gateway.SILENT && anyGateway();
        }

        private boolean anyGateway() {
            Boolean known = anyGateway;
            if (known == null) {
                known = false;
                for (Fit fit : all()) {
                    boolean there = fit.node().equals(memory.self) || roster.condition(fit.node()) == Condition.ALIVE;
                    known |= there && fit.gateway() == Segment.Gateway.ANSWERS;
                }
                anyGateway = known;
            }
            return known;
        }
    }

    private Fit fit(String node, int index, Ip address) {
        boolean own = node.equals(memory.self);
        Speaker speaker = speaker(node);
        AnnouncementReason ofNode = eligibility.ofNode(node, address);
        boolean onSegment = onSegment(speaker, node, address);
        boolean reached =
                own ? !memory.cuts.has(roster.interfaceOf(address).orElse("")) : roster.reaches(node, address);
        AnnouncementReason there = there(node, onSegment, reached);
        return new Fit(
                node,
                index,
                obstacle(ofNode, speaker.obstacle(), there),
                speaker.joining() && ofNode == AnnouncementReason.ANNOUNCED && there == AnnouncementReason.ANNOUNCED,
                speaker.takes(),
                speaker.awake() && reached,
                onSegment,
                gateway(speaker, address),
                eligibility.weight(node, address),
                speaker.tired(),
                eligibility.cordoned(node),
                speaker.begun());
    }

    private static AnnouncementReason obstacle(
            AnnouncementReason ofNode, AnnouncementReason ofSpeaker, AnnouncementReason there) {
        if (ofNode == AnnouncementReason.NODE_UNKNOWN) {
            return ofNode;
        }
        if (ofSpeaker != AnnouncementReason.ANNOUNCED) {
            return ofSpeaker;
        }
        return ofNode == AnnouncementReason.ANNOUNCED ? there : ofNode;
    }

    private AnnouncementReason there(String node, boolean onSegment, boolean reached) {
        if (eligibility.leaving(node)) {
            return AnnouncementReason.NODE_LEAVING;
        }
        if (!onSegment) {
            return AnnouncementReason.NO_INTERFACE_IN_SUBNET;
        }
        return reached ? AnnouncementReason.ANNOUNCED : AnnouncementReason.SEGMENT_UNREACHABLE;
    }

    private boolean onSegment(Speaker speaker, String node, Ip address) {
        for (Segment segment : speaker.segments()) {
            if (segment.usable() && segment.holds(address) && eligibility.admits(node, address, segment.name())) {
                return true;
            }
        }
        return false;
    }

    private static Segment.Gateway gateway(Speaker speaker, Ip address) {
        for (Segment segment : speaker.segments()) {
            if (segment.usable() && segment.holds(address)) {
                return segment.gateway();
            }
        }
        return Segment.Gateway.UNKNOWN;
    }

    /**
     * What does not depend on the address.
     *
     * @param obstacle what keeps the node's speaker from owning anything
     * @param takes whether it takes what is free
     * @param awake whether it is there, and neither begins nor ends
     * @param joining whether it is just about to join
     * @param tired whether it rather gets nothing new
     * @param begun what its scores begin with
     */
    private record Speaker(
            AnnouncementReason obstacle,
            boolean takes,
            boolean awake,
            boolean joining,
            boolean tired,
            List<Segment> segments,
            long begun) {}

    private Speaker speaker(String node) {
        Speaker known = speakers.get(node);
        if (known == null) {
            boolean own = node.equals(memory.self);
            boolean active = roster.said(node)
                    .filter(said -> said.state() == NodeState.ACTIVE)
                    .isPresent();
            known = new Speaker(
                    own ? ownSpeaker() : otherSpeaker(node),
                    own ? memory.mayClaim() : active,
                    own ? memory.mayClaim() : active && roster.condition(node) == Condition.ALIVE,
                    joining(node),
                    tiredNow(node),
                    own ? roster.interfaces() : roster.segments(node),
                    RendezvousHash.begun(node));
            speakers.put(node, known);
        }
        return known;
    }

    private AnnouncementReason ownSpeaker() {
        if (memory.course == NodeState.ACTIVE || memory.course == NodeState.RESTARTING) {
            return memory.joined ? AnnouncementReason.ANNOUNCED : AnnouncementReason.SPEAKER_AWAY;
        }
        return AnnouncementReason.SPEAKER_LEAVING;
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

    private boolean joining(String node) {
        return !node.equals(memory.self)
                && roster.condition(node) == Condition.AWAY
                && roster.badSince(node).isEmpty()
                && roster.said(node)
                        .filter(said -> said.state() == NodeState.JOINING)
                        .isPresent();
    }

    private boolean tiredNow(String node) {
        return eligibility.cordoned(node)
                || (node.equals(memory.self) ? memory.flaps.damped(memory.now) : roster.damped(node, memory.now));
    }
}
