package dev.clarion.announcement.ownership;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.RendezvousHash;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which nodes may own an address, and in which order they are preferred. The same on every node that knows the same;
 * where two differ, the conflict rule decides. Good for one look.
 */
final class Placement {
    private final Memory memory;
    private final Eligibility eligibility;
    private final Fitness fitness;

    Placement(Memory memory, Eligibility eligibility) {
        this.memory = memory;
        this.eligibility = eligibility;
        this.fitness = new Fitness(memory, eligibility);
    }

    /** How much the loads of the two best matter. */
    enum Spread {
        /** The emptier comes first: for what one node decides for all, or what nobody needs yet. */
        EVEN,
        /** Only a great difference matters: for what all must decide alike at one moment. */
        STEADY
    }

    /** All nodes that there is anything to say of. */
    List<String> nodes() {
        return fitness.nodes();
    }

    /** What keeps a node from owning an address that nothing general keeps from being owned. */
    AnnouncementReason obstacle(String node, Ip address) {
        AnnouncementReason there = fitness.kind(address).of(node).obstacle();
        if (there != AnnouncementReason.ANNOUNCED) {
            return there;
        }
        if (eligibility.served(node, address) == 0) {
            return AnnouncementReason.NO_LOCAL_ENDPOINT;
        }
        if (memory.quarantined.contains(address)) {
            return AnnouncementReason.QUARANTINED;
        }
        return node.equals(memory.self) && memory.missing.contains(address)
                ? AnnouncementReason.DATA_PLANE_NOT_READY
                : AnnouncementReason.ANNOUNCED;
    }

    /** Whether the gateways are silent to a node on the address's segment, and answer another one there. */
    boolean gatewaySilent(String node, Ip address) {
        Fitness.Kind kind = fitness.kind(address);
        return kind.gatewaySilent(kind.of(node));
    }

    /** Whether a node rather gets nothing new: it is cordoned, or came back lately. */
    boolean tired(String node, Ip address) {
        return fitness.kind(address).of(node).tired();
    }

    /** Those who could own the address, best first. */
    List<String> owners(Ip address, List<Ip> group, Map<String, Integer> loads, Spread spread) {
        List<Candidate> candidates = candidates(able(address, false), address, group, Fit::tired);
        candidates.sort(Candidate::better);
        if (candidates.size() > 1 && swap(candidates.get(0), candidates.get(1), loads, spread)) {
            candidates.addFirst(candidates.remove(1));
        }
        return candidates.stream().map(Candidate::node).toList();
    }

    /**
     * Who of those who could own the address is to have it.
     *
     * @param waiting whether those count who are just about to join: where nobody ever had the address that is worth a
     *     moment, lest the first of a cluster that starts takes all
     */
    Succession successors(Ip address, List<Ip> group, Map<String, Integer> loads, Spread spread, boolean waiting) {
        return succession(candidates(able(address, waiting), address, group, Fit::tired), loads, spread);
    }

    /**
     * Who is to answer in the owner's name: on the segment and awake is enough, but those who could own it come first,
     * since one of them will if the owner stays away. Who came back lately counts like the others: nodes do not agree on
     * that, and nothing but this order keeps two from answering.
     */
    Succession caretakers(Ip address, List<Ip> group, String owner, Map<String, Integer> loads) {
        Predicate<Fit> other = fit -> !fit.node().equals(owner);
        List<Fit> able = able(address, false).stream().filter(other).toList();
        if (able.isEmpty()) {
            able = fitness.kind(address).all(other.and(fit -> fit.awake() && fit.onSegment()));
        }
        return succession(candidates(able, address, group, Fit::cordoned), loads, Spread.STEADY);
    }

    private List<Fit> able(Ip address, boolean waiting) {
        if (memory.quarantined.contains(address)) {
            return List.of();
        }
        boolean alike = eligibility.servedAlike(address);
        if (alike && eligibility.served(memory.self, address) == 0) {
            return List.of();
        }
        boolean missing = memory.missing.contains(address);
        return fitness.kind(address)
                .all(fit -> (fit.able() || (waiting && fit.joining()))
                        && (alike || eligibility.served(fit.node(), address) > 0)
                        && !(missing && fit.node().equals(memory.self)));
    }

    private List<Candidate> candidates(List<Fit> fits, Ip address, List<Ip> group, Predicate<Fit> tired) {
        Fitness.Kind kind = fitness.kind(address);
        boolean alone = group.size() == 1;
        boolean alike = eligibility.servedAlike(address);
        Map<Fitness.Kind, Integer> served = alone ? Map.of() : servedAlike(group);
        Set<String> mates = alone ? Set.of() : mates(address, group);
        boolean fading = eligibility.staying(memory.self, address) == 0;
        boolean crowded = !eligibility.apart(address).isEmpty();
        byte[] key = group.getFirst().toBytes();
        List<Candidate> candidates = new ArrayList<>(fits.size());
        for (Fit fit : fits) {
            candidates.add(new Candidate(
                    fit,
                    kind.gatewaySilent(fit),
                    alike ? fading : eligibility.staying(fit.node(), address) == 0,
                    alone && alike ? 0 : served.isEmpty() ? coverage(fit.node(), group) : coverage(fit, served),
                    tired.test(fit),
                    crowded ? crowd(fit.node(), address) : 0,
                    mates.contains(fit.node()),
                    RendezvousHash.score(fit.begun(), key)));
        }
        return candidates;
    }

    /** Without putting all in order: only the first two and this node's own place count. */
    private Succession succession(List<Candidate> candidates, Map<String, Integer> loads, Spread spread) {
        Candidate first = null;
        Candidate second = null;
        Candidate own = null;
        for (Candidate candidate : candidates) {
            if (first == null || Candidate.better(candidate, first) < 0) {
                second = first;
                first = candidate;
            } else if (second == null || Candidate.better(candidate, second) < 0) {
                second = candidate;
            }
            own = candidate.node().equals(memory.self) ? candidate : own;
        }
        if (first == null) {
            return Succession.NONE;
        }
        boolean swapped = second != null && swap(first, second, loads, spread);
        Candidate winner = swapped && second != null ? second : first;
        if (own == null || own.equals(winner)) {
            return new Succession(winner.node(), candidates.size(), own == null ? -1 : 0);
        }
        int rank = 0;
        for (Candidate candidate : candidates) {
            rank += Candidate.better(candidate, own) < 0 ? 1 : 0;
        }
        return new Succession(winner.node(), candidates.size(), own.equals(first) ? 1 : rank);
    }

    /** Of the two best, the one that owns less comes first, see {@link Spread}. */
    private static boolean swap(Candidate first, Candidate second, Map<String, Integer> loads, Spread spread) {
        int less = loads.getOrDefault(second.node(), 0);
        int enough = spread == Spread.EVEN ? less : less + less / 4 + 2;
        return first.standing(second) == 0 && loads.getOrDefault(first.node(), 0) > enough;
    }

    /** How many Services' addresses of the group the node serves, counted by address. */
    int coverage(String node, List<Ip> group) {
        int coverage = 0;
        for (Ip address : group) {
            if (eligibility.general(address) == AnnouncementReason.ANNOUNCED
                    && fitness.kind(address).of(node).onSegment()) {
                coverage += eligibility.served(node, address);
            }
        }
        return coverage;
    }

    /** How many Services there are of each kind of address in a group, if all nodes serve them alike; else nothing. */
    private Map<Fitness.Kind, Integer> servedAlike(List<Ip> group) {
        Map<Fitness.Kind, Integer> served = new LinkedHashMap<>();
        for (Ip address : group) {
            if (!eligibility.servedAlike(address)) {
                return Map.of();
            }
            if (eligibility.general(address) == AnnouncementReason.ANNOUNCED) {
                served.merge(fitness.kind(address), eligibility.served(memory.self, address), Integer::sum);
            }
        }
        return served;
    }

    private static int coverage(Fit fit, Map<Fitness.Kind, Integer> served) {
        int coverage = 0;
        for (Map.Entry<Fitness.Kind, Integer> of : served.entrySet()) {
            coverage += of.getKey().all().get(fit.index()).onSegment() ? of.getValue() : 0;
        }
        return coverage;
    }

    /** How many of the addresses that are to be on other nodes than this one the node has, or is about to have. */
    int crowd(String node, Ip address) {
        int crowd = 0;
        for (Ip other : eligibility.apart(address)) {
            OwnershipRecord record = memory.records.get(other);
            Memory.Vacancy vacancy = memory.vacancies.get(other);
            boolean next = vacancy != null && vacancy.isFirst(node);
            crowd += next || (vacancy == null && record != null && record.ownedBy(node)) ? 1 : 0;
        }
        return crowd;
    }

    /** The owners of the group's other addresses. */
    private Set<String> mates(Ip address, List<Ip> group) {
        Set<String> mates = new HashSet<>();
        for (Ip other : group) {
            OwnershipRecord record = memory.records.get(other);
            if (!other.equals(address) && record != null && !record.released()) {
                mates.add(record.owner());
            }
        }
        return mates;
    }
}
