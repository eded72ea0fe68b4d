package dev.clarion.announcement.ownership;

import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.RendezvousHash;
import dev.clarion.announcement.heartbeat.Claim;
import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Records;
import dev.clarion.announcement.heartbeat.TablePart;
import dev.clarion.announcement.heartbeat.TableRequest;
import dev.clarion.announcement.membership.Roster;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The records: which one holds, and how tables that differ find together. */
final class Table {
    /** The same node is asked for its table no sooner than this again: so long a claim that was not heard may stay unknown. */
    private static final long ASK_EVERY = TimeUnit.MILLISECONDS.toNanos(400);
    /** Not even if there is a reason. */
    private static final long ASK_AGAIN = TimeUnit.MILLISECONDS.toNanos(50);
    /** A request comes by several ways, and is answered once. */
    private static final long TELL_AGAIN = TimeUnit.MILLISECONDS.toNanos(40);

    private static final long DOUBT_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final long REBUT_EVERY = TimeUnit.MILLISECONDS.toNanos(100);

    /** Below all epochs that clocks give. */
    static final long BLIND = 2;

    private final Turn turn;
    private final Memory memory;

    Table(Turn turn) {
        this.turn = turn;
        this.memory = turn.memory;
    }

    /**
     * The conflict rule: higher epoch, then rank for the address, then name. Who gives up does so with the epoch that he
     * claimed with, so that it ends his own claim and nobody else's later one, however late it is heard.
     */
    static boolean beats(OwnershipRecord one, OwnershipRecord other) {
        if (one.epoch() != other.epoch()) {
            return one.epoch() > other.epoch();
        }
        if (one.owner().equals(other.owner())) {
            return one.released() && !other.released();
        }
        int rank = Long.compareUnsigned(
                RendezvousHash.score(one.owner(), one.address()), RendezvousHash.score(other.owner(), one.address()));
        return rank != 0 ? rank > 0 : one.owner().compareTo(other.owner()) < 0;
    }

    /** Learns of a record; who said something that does not hold is told so, if that mattered. */
    void learn(OwnershipRecord record, String from, boolean claimed) {
        OwnershipRecord present = memory.records.get(record.address());
        if (record.equals(present)) {
            return;
        }
        // Who asks who owns what serves nothing, and believes what it is told.
        boolean serves = memory.joined && present != null && servedHere(record, present);
        if (serves && present != null && beats(record, present) && unproven(record)) {
            memory.doubtful.put(record.address(), record);
            memory.roster = memory.roster.doubt(record.owner(), record.address(), memory.now);
            memory.nextWatch = memory.now;
            return;
        }
        if (present != null && beats(record, present) && overslept(record, present)) {
            put(new OwnershipRecord(record.address(), memory.self, record.epoch() + 1, present.sinceMillis(), false));
            contest(record.address(), from, record.owner());
            return;
        }
        if (present == null || (beats(record, present) && !behindAWall(record, present))) {
            memory.roster = memory.roster.doubt(record.owner(), record.address(), memory.now);
            put(record);
            evident(record, present);
            if (present != null && present.ownedBy(memory.self) && !record.ownedBy(memory.self)) {
                lost(record);
            }
        } else if (claimed && present.ownedBy(memory.self) && beats(present, record)) {
            contest(record.address(), from);
        }
    }

    private void contest(Ip address, String... contenders) {
        TreeSet<String> all = new TreeSet<>(memory.contested.getOr(address, new TreeSet<>()));
        all.addAll(List.of(contenders));
        memory.contested.put(address, all);
    }

    /**
     * Whether it is the claim of one that has only just started and serves nothing yet, on an address that this node
     * serves: neither heard of the other while it claimed, and what is served need not move for that. What this node took
     * blindly it gives up for whatever others know.
     */
    private boolean overslept(OwnershipRecord record, OwnershipRecord present) {
        return memory.joined
                && !record.released()
                && present.ownedBy(memory.self)
                && present.epoch() != BLIND
                && !record.ownedBy(memory.self)
                && memory.answers.owns(record.address())
                && memory.roster
                        .said(record.owner())
                        .filter(said -> said.state() == NodeState.JOINING)
                        .isPresent();
    }

    /** One who is away as far as this node can tell took an address, and another one knows. */
    private void evident(OwnershipRecord record, @Nullable OwnershipRecord before) {
        boolean taken = before != null
                && !record.owner().equals(before.owner())
                && !record.released()
                && !record.owner().equals(memory.self);
        if (memory.joined && taken && memory.roster.condition(record.owner()) == Condition.AWAY) {
            memory.yieldedAt.put(record.address(), memory.now);
        }
    }

    /** Who claimed in vain is told so; and the segment, since a loser's late frame may have been the last. */
    void rebut() {
        if (memory.contested.isEmpty() || memory.now < memory.nextRebuttal) {
            return;
        }
        memory.nextRebuttal = memory.now + REBUT_EVERY;
        Map<String, List<OwnershipRecord>> claims = new TreeMap<>();
        Map<String, List<Ip>> announced = new TreeMap<>();
        memory.contested.view().forEach((address, contenders) -> {
            OwnershipRecord present = memory.records.get(address);
            if (present == null || !present.ownedBy(memory.self)) {
                return;
            }
            contenders.forEach(
                    node -> claims.computeIfAbsent(node, n -> new ArrayList<>()).add(present));
            memory.roster
                    .interfaceOf(address)
                    .filter(name -> memory.answers.owns(address))
                    .ifPresent(name -> announced
                            .computeIfAbsent(name, n -> new ArrayList<>())
                            .add(address));
        });
        memory.contested.clear();
        claims.forEach((node, records) -> Records.pages(records).forEach(page -> turn.send(node, new Claim(page))));
        announced.forEach((name, addresses) -> turn.act(new Action.Announce(name, addresses, ClaimReason.REPEATED)));
    }

    /**
     * Where a segment is split, each part has an owner of its own: a claim from behind the split does not count on this
     * side, as long as there is an owner here.
     */
    private boolean behindAWall(OwnershipRecord record, OwnershipRecord present) {
        Roster roster = memory.roster;
        Ip address = record.address();
        return servedHere(record, present) && !roster.reaches(record.owner(), address);
    }

    /** Whether the present owner of an address that another one claims is on this node's side of any split. */
    private boolean servedHere(OwnershipRecord record, OwnershipRecord present) {
        Roster roster = memory.roster;
        Ip address = record.address();
        if (present.released()
                || record.owner().equals(memory.self)
                || record.owner().equals(present.owner())) {
            return false;
        }
        if (present.owner().equals(memory.self)) {
            return !roster.alone(address, memory.now) && !memory.cuts.has(interfaceName(address));
        }
        Condition condition = roster.condition(present.owner());
        return roster.reaches(present.owner(), address)
                && (condition == Condition.ALIVE || condition == Condition.AWAY);
    }

    /** Whether nobody knows yet on which side of a split the new owner is. */
    private boolean unproven(OwnershipRecord record) {
        return memory.roster.condition(record.owner()) == Condition.ALIVE
                && memory.roster.reaches(record.owner(), record.address())
                && !memory.roster.proven(record.owner(), record.address(), memory.now);
    }

    /** Claims of which it is known by now where they come from. */
    void undoubt() {
        for (OwnershipRecord record : List.copyOf(memory.doubtful.view().values())) {
            if (!unproven(record)) {
                memory.doubtful.remove(record.address());
                learn(record, record.owner(), false);
            }
        }
    }

    /** Finds out about all owners whether they are reached: some say that the segment is split. */
    void doubtAll() {
        if (memory.now - memory.doubtedAt < DOUBT_EVERY) {
            return;
        }
        memory.doubtedAt = memory.now;
        for (OwnershipRecord record : memory.records.view().values()) {
            memory.roster = memory.roster.doubt(record.owner(), record.address(), memory.now);
        }
        memory.nextWatch = memory.now;
    }

    private String interfaceName(Ip address) {
        return memory.roster.interfaceOf(address).orElse("");
    }

    private void lost(OwnershipRecord record) {
        turn.act(new Action.Lost(record.address(), record.owner()));
        memory.moves.view().forEach((id, move) -> {
            if (move.addresses().contains(record.address())) {
                new Lingering(turn).begin(record.address(), record.owner());
            }
        });
        for (Map.Entry<Long, Move> entry : memory.moves.copy().entrySet()) {
            Move left = entry.getValue().without(record.address());
            if (left.addresses().isEmpty()) {
                memory.moves.remove(entry.getKey());
            } else {
                memory.moves.put(entry.getKey(), left);
            }
        }
    }

    /** Stores a record. */
    void put(OwnershipRecord record) {
        OwnershipRecord before = memory.records.get(record.address());
        memory.records.put(record.address(), record);
        memory.changedAt.put(record.address(), memory.now);
        Eligibility eligibility = memory.eligibility;
        if (eligibility != null && eligibility.has(record.address())) {
            memory.digest ^= record.fingerprint() ^ (before == null ? 0 : before.fingerprint());
            memory.touched.put(record.address(), true);
        }
    }

    /** The digest after the view changed. */
    void countAgain() {
        long digest = 0;
        Eligibility eligibility = memory.eligibility;
        if (eligibility != null) {
            for (OwnershipRecord record : memory.records.view().values()) {
                digest ^= eligibility.has(record.address()) ? record.fingerprint() : 0;
            }
        }
        memory.digest = digest;
    }

    /** Gives up an address of this node. */
    OwnershipRecord release(OwnershipRecord own) {
        OwnershipRecord released =
                new OwnershipRecord(own.address(), memory.self, own.epoch(), own.sinceMillis(), true);
        put(released);
        return released;
    }

    /** The epoch after this one: never lower than any seen, and beyond what an earlier life of the cluster used. */
    long nextEpoch(Ip address) {
        OwnershipRecord present = memory.records.get(address);
        long seed = memory.wall << 8;
        return present == null ? seed : Math.max(seed, present.epoch() + 1);
    }

    /** Another table has another digest: asks for it, now and then. */
    void differs(String node, long digest) {
        long last = memory.askedAt.getOr(node, Memory.NEVER);
        if (digest != memory.digest && memory.eligibility != null && memory.now - last >= ASK_EVERY) {
            ask(node);
        }
    }

    /** Asks for a table, unless that was done just now. */
    void ask(String node) {
        if (memory.now - memory.askedAt.getOr(node, Memory.NEVER) < ASK_AGAIN) {
            return;
        }
        memory.askedAt.put(node, memory.now);
        turn.send(node, new TableRequest(memory.digest));
    }

    /** Sends the whole table. */
    void tell(String node) {
        if (memory.now - memory.toldAt.getOr(node, Memory.NEVER) < TELL_AGAIN) {
            return;
        }
        List<OwnershipRecord> all = new ArrayList<>();
        Eligibility eligibility = memory.eligibility;
        for (OwnershipRecord record : memory.records.view().values()) {
            if (eligibility == null || eligibility.has(record.address())) {
                all.add(record);
            }
        }
        List<List<OwnershipRecord>> pages = Records.pages(all);
        if (!Allowance.PAGE.take(memory, pages.size())) {
            return;
        }
        memory.toldAt.put(node, memory.now);
        for (int i = 0; i < pages.size(); i++) {
            turn.send(node, new TablePart(i, pages.size(), memory.digest, pages.get(i)));
        }
    }

    /**
     * How many addresses each node owns.
     *
     * @param settled only what did not change lately: when a node dies, its successors claim within milliseconds of each
     *     other, and whoever looks a little later must not reckon with other numbers
     */
    Map<String, Integer> loads(boolean settled) {
        Map<String, Integer> loads = new TreeMap<>();
        Eligibility eligibility = memory.eligibility;
        for (OwnershipRecord record : memory.records.view().values()) {
            boolean counts = !record.released() && !(settled && memory.changedAt.has(record.address()));
            if (counts && eligibility != null && eligibility.has(record.address())) {
                loads.merge(record.owner(), 1, Integer::sum);
            }
        }
        return loads;
    }
}
