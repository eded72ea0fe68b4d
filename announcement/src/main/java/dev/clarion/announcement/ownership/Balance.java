package dev.clarion.announcement.ownership;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.ownership.Placement.Spread;
import dev.clarion.net.Ip;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Spreads addresses evenly, one group at a time: the node that owns most hands one over to the node that owns least, if
 * they differ by more than one and by more than a fifth. Every node has the same records, so each knows whether it is the
 * one. An address that moved lately stays, unless somebody asked.
 */
final class Balance {
    private static final long PACE = TimeUnit.SECONDS.toNanos(1);
    /** For so long a command to spread addresses holds, and for so long an address stays where it is otherwise. */
    static final long REST = TimeUnit.MINUTES.toNanos(10);

    private static final long REST_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private final Memory memory;
    private final Eligibility eligibility;
    private final Placement placement;
    private final Supplier<Map<String, Integer>> loads;

    Balance(Memory memory, Eligibility eligibility, Placement placement, Supplier<Map<String, Integer>> loads) {
        this.memory = memory;
        this.eligibility = eligibility;
        this.placement = placement;
        this.loads = loads;
    }

    /** Wishes for at most one move. */
    void wishes(Moves moves) {
        boolean on = memory.settings.rebalance() || asked();
        if (!on || !memory.mayClaim() || !moves.idle() || !memory.vacancies.isEmpty()) {
            return;
        }
        if (memory.now < memory.nextRebalance) {
            memory.due(memory.nextRebalance);
            return;
        }
        memory.nextRebalance = memory.now + PACE;
        memory.due(memory.nextRebalance);
        for (List<Ip> group : eligibility.groups()) {
            if (scattered(group, moves)) {
                return;
            }
            if (wholeIsOurs(group) && rested(group) && shouldMove(group)) {
                group.forEach(address -> moves.want(address, group, reason(group)));
                return;
            }
        }
    }

    private boolean asked() {
        return memory.now < memory.rebalanceUntil;
    }

    /** Addresses that belong together and are not: they go to the owner of the first, or to one who could have more. */
    private boolean scattered(List<Ip> group, Moves moves) {
        OwnershipRecord first = memory.records.get(group.getFirst());
        if (group.size() < 2 || first == null || first.released()) {
            return false;
        }
        boolean wished = false;
        for (Ip address : group) {
            OwnershipRecord record = memory.records.get(address);
            if (record == null || record.released() || record.owner().equals(first.owner())) {
                continue;
            }
            String from = betterOf(first.owner(), record.owner(), group) ? record.owner() : first.owner();
            Ip moved = from.equals(first.owner()) ? group.getFirst() : address;
            String to = from.equals(first.owner()) ? record.owner() : first.owner();
            if (from.equals(memory.self)
                    && placement.owners(moved, group, loads.get(), Spread.EVEN).stream()
                            .filter(node -> !node.equals(from))
                            .findFirst()
                            .filter(to::equals)
                            .isPresent()) {
                moves.want(moved, group, MoveReason.TOGETHER);
                wished = true;
            }
        }
        return wished;
    }

    private boolean betterOf(String first, String other, List<Ip> group) {
        return placement.coverage(first, group) >= placement.coverage(other, group);
    }

    private MoveReason reason(List<Ip> group) {
        if (better(group)) {
            return MoveReason.PREFERENCE;
        }
        return crowded(group) ? MoveReason.APART : MoveReason.REBALANCE;
    }

    private boolean wholeIsOurs(List<Ip> group) {
        for (Ip address : group) {
            OwnershipRecord record = memory.records.get(address);
            if (record == null || !record.ownedBy(memory.self)) {
                return false;
            }
        }
        return true;
    }

    private boolean rested(List<Ip> group) {
        for (Ip address : group) {
            OwnershipRecord record = memory.records.get(address);
            boolean moved = record != null && memory.wall - record.sinceMillis() < REST_MILLIS;
            boolean sinceAsked = record != null && record.sinceMillis() > memory.rebalanceAskedAt;
            if (moved && (!asked() || sinceAsked)) {
                return false;
            }
        }
        return true;
    }

    private boolean shouldMove(List<Ip> group) {
        return better(group) || crowded(group) || fuller(group);
    }

    /** The one that the configuration prefers, if it could have the whole group. */
    private boolean better(List<Ip> group) {
        return target(group)
                .map(node ->
                        eligibility.weight(node, group.getFirst()) > eligibility.weight(memory.self, group.getFirst()))
                .orElse(false);
    }

    /** Another node of the same preference has fewer of those that are to be apart from these. */
    private boolean crowded(List<Ip> group) {
        int here = crowd(memory.self, group);
        return here > 0
                && target(group)
                        .filter(node -> eligibility.weight(node, group.getFirst())
                                == eligibility.weight(memory.self, group.getFirst()))
                        .filter(node -> crowd(node, group) < here)
                        .isPresent();
    }

    private int crowd(String node, List<Ip> group) {
        return group.stream()
                .mapToInt(address -> placement.crowd(node, address))
                .sum();
    }

    private boolean fuller(List<Ip> group) {
        Map<String, Integer> owned = loads.get();
        int mine = owned.getOrDefault(memory.self, 0);
        for (String node : placement.nodes()) {
            int theirs = owned.getOrDefault(node, 0);
            if (theirs > mine || (theirs == mine && node.compareTo(memory.self) < 0)) {
                return false;
            }
        }
        return target(group)
                .map(node -> {
                    int difference = mine - owned.getOrDefault(node, 0);
                    boolean same = eligibility.weight(node, group.getFirst())
                            == eligibility.weight(memory.self, group.getFirst());
                    boolean apart = crowd(node, group) <= crowd(memory.self, group);
                    return same && apart && difference > group.size() && 5 * difference > mine;
                })
                .orElse(false);
    }

    /** Of those that are preferred most, and have fewest of those that are to be apart, the one that owns least. */
    private Optional<String> target(List<Ip> group) {
        Map<String, Integer> owned = loads.get();
        int best = -1;
        int crowd = Integer.MAX_VALUE;
        int least = Integer.MAX_VALUE;
        String target = null;
        for (String node : placement.owners(group.getFirst(), group, owned, Spread.EVEN)) {
            boolean all = group.stream()
                    .allMatch(address -> placement.obstacle(node, address) == AnnouncementReason.ANNOUNCED);
            boolean tired = placement.tired(node, group.getFirst()) || placement.gatewaySilent(node, group.getFirst());
            int weight = eligibility.weight(node, group.getFirst());
            int crowded = crowd(node, group);
            int load = owned.getOrDefault(node, 0);
            boolean first =
                    weight > best || (weight == best && (crowded < crowd || (crowded == crowd && load < least)));
            if (!node.equals(memory.self) && all && !tired && first) {
                crowd = crowded;
                best = weight;
                least = load;
                target = node;
            }
        }
        return Optional.ofNullable(target);
    }
}
