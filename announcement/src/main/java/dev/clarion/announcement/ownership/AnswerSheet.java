package dev.clarion.announcement.ownership;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What this node answers for, as it follows from the records. */
final class AnswerSheet {
    private final Turn turn;
    private final Memory memory;
    private final Eligibility eligibility;

    AnswerSheet(Turn turn, Eligibility eligibility) {
        this.turn = turn;
        this.memory = turn.memory;
        this.eligibility = eligibility;
    }

    /** Writes it, and has what is new on it announced, unless this turn does so already. */
    void write() {
        Answers before = memory.answers;
        Answers after = new Answers(own(), inName(), lingering());
        if (after.equals(before)) {
            return;
        }
        memory.answers = after;
        turn.decided = true;
        // Others may have taken over: the segment is asked first, since they did not say.
        ClaimReason reason = memory.untold ? ClaimReason.FIRST_USE : ClaimReason.REPEATED;
        memory.untold &= !memory.joined;
        Set<Ip> announced = announced();
        after.own().forEach((name, addresses) -> {
            SortedSet<Ip> known = before.own().getOrDefault(name, new TreeSet<>());
            List<Ip> fresh = new ArrayList<>();
            addresses.forEach(address -> {
                if (!known.contains(address) && !announced.contains(address)) {
                    fresh.add(address);
                }
            });
            if (!fresh.isEmpty()) {
                turn.act(new Action.Announce(name, fresh, reason));
            }
        });
    }

    private Set<Ip> announced() {
        Set<Ip> announced = new HashSet<>();
        for (Action action : turn.actions) {
            if (action instanceof Action.Announce announce) {
                announced.addAll(announce.addresses());
            }
        }
        return announced;
    }

    private SortedMap<String, SortedSet<Ip>> own() {
        SortedMap<String, SortedSet<Ip>> own = new TreeMap<>();
        if (!memory.joined) {
            return own;
        }
        for (OwnershipRecord record : memory.records.view().values()) {
            Ip address = record.address();
            if (record.ownedBy(memory.self) && answerable(address)) {
                on(address)
                        .ifPresent(name ->
                                own.computeIfAbsent(name, n -> new TreeSet<>()).add(address));
            }
        }
        return own;
    }

    private boolean answerable(Ip address) {
        return eligibility.general(address) == AnnouncementReason.ANNOUNCED
                && !memory.quarantined.contains(address)
                && !memory.missing.contains(address);
    }

    /** The interface to answer on, unless this node is cut off there. */
    private Optional<String> on(Ip address) {
        for (Segment segment : memory.roster.interfaces()) {
            if (segment.usable()
                    && segment.holds(address)
                    && eligibility.admits(memory.self, address, segment.name())) {
                return memory.cuts.has(segment.name()) ? Optional.empty() : Optional.of(segment.name());
            }
        }
        return Optional.empty();
    }

    private SortedMap<String, SortedMap<Ip, Mac>> inName() {
        SortedMap<String, SortedMap<Ip, Mac>> inName = new TreeMap<>();
        if (!memory.mayClaim()) {
            return inName;
        }
        for (Ip address : memory.cares.view().keySet()) {
            OwnershipRecord record = memory.records.get(address);
            if (record != null && Voices.standsIn(memory, address)) {
                Optional<Mac> mac = memory.roster.macOn(record.owner(), address);
                on(address)
                        .ifPresent(name -> mac.ifPresent(of -> inName.computeIfAbsent(name, n -> new TreeMap<>())
                                .put(address, of)));
            }
        }
        return inName;
    }

    private SortedMap<Ip, String> lingering() {
        SortedMap<Ip, String> lingering = new TreeMap<>();
        memory.lingering.view().forEach((address, linger) -> lingering.put(address, linger.to()));
        return lingering;
    }
}
