package dev.clarion.announcement.ownership;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.heartbeat.Claim;
import dev.clarion.announcement.heartbeat.Commit;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Prepare;
import dev.clarion.announcement.heartbeat.Ready;
import dev.clarion.announcement.heartbeat.Records;
import dev.clarion.announcement.ownership.Placement.Spread;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Planned hand-overs, make before break: the owner asks a successor whether it could (PREPARE), the successor says that
 * it is ready (READY), the owner lets go (COMMIT), the successor claims, and when the owner hears that it stops.
 */
final class Moves {
    /** PREPARE and COMMIT are said again after this, unless they were heard. */
    static final long AGAIN = TimeUnit.MILLISECONDS.toNanos(100);
    /** Who was not ready is not asked again for so long. */
    private static final long REFUSED = TimeUnit.SECONDS.toNanos(1);

    /** For so long connections are prepared to survive, at most. */
    private static final long FLOWS = TimeUnit.SECONDS.toNanos(2);

    private record Wish(Ip address, List<Ip> group, MoveReason reason, Predicate<String> better) {}

    private record Target(String to, MoveReason reason) {}

    private final Turn turn;
    private final Memory memory;
    private final Placement placement;
    private final Supplier<Map<String, Integer>> loads;
    private final List<Wish> wishes = new ArrayList<>();

    Moves(Turn turn, Placement placement, Supplier<Map<String, Integer>> loads) {
        this.turn = turn;
        this.memory = turn.memory;
        this.placement = placement;
        this.loads = loads;
    }

    boolean idle() {
        return wishes.isEmpty() && memory.moves.isEmpty();
    }

    void want(Ip address, List<Ip> group, MoveReason reason) {
        want(address, group, reason, node -> true);
    }

    /** @param better the nodes that it is worth a move to */
    void want(Ip address, List<Ip> group, MoveReason reason, Predicate<String> better) {
        wishes.add(new Wish(address, group, reason, better));
    }

    /**
     * Begins what is wanted and not under way.
     *
     * @param release gives an address up for which there is nobody, where that is better than keeping it
     */
    void begin(Consumer<Ip> release) {
        Set<Ip> moving = moving();
        Map<Target, List<Ip>> batches = new LinkedHashMap<>();
        for (Wish wish : wishes) {
            if (!moving.contains(wish.address())) {
                List<String> order =
                        new ArrayList<>(placement.owners(wish.address(), wish.group(), loads.get(), Spread.EVEN));
                order.remove(memory.self);
                order.removeIf(wish.better().negate());
                boolean nobody = order.isEmpty();
                order.removeIf(node -> memory.refusedUntil.getOr(node, Memory.NEVER) > memory.now);
                if (!order.isEmpty()) {
                    batches.computeIfAbsent(new Target(order.getFirst(), wish.reason()), t -> new ArrayList<>())
                            .add(wish.address());
                    loads.get().merge(order.getFirst(), 1, Integer::sum);
                } else if (nobody && givesUp(wish.reason())) {
                    release.accept(wish.address());
                } else {
                    memory.due(memory.now + AGAIN);
                }
            }
        }
        batches.forEach(this::start);
    }

    /** Whether an address that nobody else can have is better not announced at all. */
    private static boolean givesUp(MoveReason reason) {
        return switch (reason) {
            case NODE_INELIGIBLE, NO_LOCAL_ENDPOINT -> true;
            case DRAINING,
                    NODE_LEAVING,
                    CORDONED,
                    LOCAL_ENDPOINT_LEAVING,
                    DATA_PLANE_NOT_READY,
                    GATEWAY_SILENT,
                    TOGETHER,
                    APART,
                    PREFERENCE,
                    REBALANCE -> false;
        };
    }

    private Set<Ip> moving() {
        Set<Ip> moving = new HashSet<>();
        memory.moves.view().values().forEach(move -> moving.addAll(move.addresses()));
        return moving;
    }

    private void start(Target target, List<Ip> addresses) {
        for (int from = 0; from < addresses.size(); from += Prepare.MAX) {
            List<Ip> part = addresses.subList(from, Math.min(addresses.size(), from + Prepare.MAX));
            memory.lastMove++;
            turn.act(new Action.Moving(List.copyOf(part), target.to(), target.reason()));
            memory.moves.put(memory.lastMove, Move.asked(target.to(), part, target.reason(), memory.now + AGAIN));
            turn.send(target.to(), new Prepare(memory.lastMove, part));
        }
    }

    /** Says again what was not heard, and gives up what is hopeless. */
    static void tick(Turn turn) {
        Memory memory = turn.memory;
        if (memory.moves.isEmpty()) {
            return;
        }
        for (Map.Entry<Long, Move> entry : memory.moves.copy().entrySet()) {
            Move move = entry.getValue();
            if (memory.now >= move.next()) {
                again(turn, entry.getKey(), move);
            }
        }
    }

    private static void again(Turn turn, long id, Move move) {
        Memory memory = turn.memory;
        if (move.hopeless()) {
            memory.moves.remove(id);
            memory.refusedUntil.put(move.to(), memory.now + REFUSED);
            memory.dirty();
            return;
        }
        memory.moves.put(id, move.again(memory.now + AGAIN));
        switch (move.phase()) {
            case ASKED -> turn.send(move.to(), new Prepare(id, move.addresses()));
            case FLOWS -> settled(turn, id, FlowOutcome.LATE);
            case COMMITTED -> commit(turn, id, move);
        }
    }

    /** Whether connections survive is known now: on with it. */
    static void settled(Turn turn, long id, FlowOutcome outcome) {
        Move move = turn.memory.moves.get(id);
        if (move != null && move.phase() == Move.Phase.FLOWS) {
            goOn(turn, id, move, outcome);
        }
    }

    private static void goOn(Turn turn, long id, Move move, FlowOutcome outcome) {
        turn.act(new Action.Committed(move.addresses(), move.to(), move.rules(), outcome));
        turn.memory.moves.put(id, move.committed(turn.memory.now + AGAIN));
        commit(turn, id, move);
    }

    private static void commit(Turn turn, long id, Move move) {
        List<OwnershipRecord> records = new ArrayList<>();
        for (Ip address : move.addresses()) {
            OwnershipRecord record = turn.memory.records.get(address);
            if (record != null && record.ownedBy(turn.memory.self)) {
                records.add(record);
            }
        }
        for (List<OwnershipRecord> page : Records.pages(records)) {
            turn.send(move.to(), new Commit(id, page));
        }
    }

    /** The other is ready, at least for some. */
    static void ready(Turn turn, String from, Ready ready) {
        Memory memory = turn.memory;
        Move move = memory.moves.get(ready.move());
        if (move == null || !move.to().equals(from) || move.phase() != Move.Phase.ASKED) {
            return;
        }
        List<Ip> agreed =
                move.addresses().stream().filter(ready.addresses()::contains).toList();
        if (agreed.size() < move.addresses().size()) {
            memory.refusedUntil.put(from, memory.now + REFUSED);
            memory.dirty();
        }
        if (agreed.isEmpty()) {
            memory.moves.remove(ready.move());
            return;
        }
        Move agreedOn = move.ready(agreed, ready.rules(), Move.Phase.FLOWS, memory.now + FLOWS);
        memory.moves.put(ready.move(), agreedOn);
        if (memory.keepsFlows && ready.keepsFlows()) {
            turn.act(new Action.KeepFlows(ready.move(), agreed, from));
        } else {
            goOn(turn, ready.move(), agreedOn, FlowOutcome.NOT_ASKED);
        }
    }

    /** Somebody wants to hand over to this node. */
    static void prepare(Turn turn, Optional<Placement> placement, String from, Prepare prepare) {
        List<Ip> could = prepare.addresses().stream()
                .filter(address -> placement
                        .filter(p -> couldTake(turn.memory, p, address))
                        .isPresent())
                .toList();
        turn.send(from, new Ready(prepare.move(), could, turn.memory.rulesSeen, turn.memory.keepsFlows));
    }

    private static boolean couldTake(Memory memory, Placement placement, Ip address) {
        return memory.mayClaim()
                && !new Recognition(memory).doubted()
                && !memory.roster.alone(address, memory.now)
                && placement.obstacle(memory.self, address) == AnnouncementReason.ANNOUNCED;
    }

    /** They are ours, unless something came between. */
    static void commit(Turn turn, Optional<Placement> placement, String from, Commit commit) {
        Memory memory = turn.memory;
        Table table = new Table(turn);
        List<OwnershipRecord> taken = new ArrayList<>();
        List<OwnershipRecord> already = new ArrayList<>();
        for (OwnershipRecord given : commit.records()) {
            table.learn(given, from, false);
            OwnershipRecord present = memory.records.get(given.address());
            if (present == null) {
                continue;
            }
            if (present.ownedBy(memory.self)) {
                already.add(present);
            } else if (present.equals(given)
                    && given.ownedBy(from)
                    && placement
                            .filter(p -> couldTake(memory, p, given.address()))
                            .isPresent()) {
                OwnershipRecord mine = new OwnershipRecord(
                        given.address(), memory.self, table.nextEpoch(given.address()), memory.wall, false);
                table.put(mine);
                taken.add(mine);
                memory.roster
                        .interfaceOf(given.address())
                        .ifPresent(name ->
                                turn.act(new Action.Announce(name, List.of(given.address()), ClaimReason.HANDED_OVER)));
            }
        }
        for (List<OwnershipRecord> page : Records.pages(taken)) {
            if (!page.isEmpty()) {
                turn.tellAll(new Claim(page));
            }
        }
        for (List<OwnershipRecord> page : Records.pages(already)) {
            if (!page.isEmpty()) {
                turn.send(from, new Claim(page));
            }
        }
    }
}
