package dev.clarion.announcement.ownership;

import dev.clarion.announcement.heartbeat.Claim;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Records;
import dev.clarion.announcement.heartbeat.Release;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What this node claims and gives up in one look, to be told to everybody. */
final class Tidings {
    private final Turn turn;
    private final Map<ClaimReason, List<OwnershipRecord>> claims = new LinkedHashMap<>();
    private final List<OwnershipRecord> releases = new ArrayList<>();

    Tidings(Turn turn) {
        this.turn = turn;
    }

    void claimed(OwnershipRecord record, ClaimReason reason) {
        claims.computeIfAbsent(reason, r -> new ArrayList<>()).add(record);
    }

    void released(OwnershipRecord record) {
        releases.add(record);
    }

    /** Tells it, and announces what was claimed. */
    void tell() {
        for (List<OwnershipRecord> page : Records.pages(releases)) {
            if (!page.isEmpty()) {
                turn.tellAll(new Release(page));
            }
        }
        claims.forEach((reason, records) -> {
            Map<String, List<Ip>> byInterface = new TreeMap<>();
            records.forEach(record -> turn.memory
                    .roster
                    .interfaceOf(record.address())
                    .ifPresent(name -> byInterface
                            .computeIfAbsent(name, n -> new ArrayList<>())
                            .add(record.address())));
            byInterface.forEach((name, addresses) -> turn.act(new Action.Announce(name, addresses, reason)));
            for (List<OwnershipRecord> page : Records.pages(records)) {
                turn.tellAll(new Claim(page));
            }
        });
    }
}
