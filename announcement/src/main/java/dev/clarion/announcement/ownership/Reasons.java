package dev.clarion.announcement.ownership;

import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.Layer2Decision;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.net.Ip;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Why each node does or does not answer for each address. */
final class Reasons {
    private final Memory memory;

    Reasons(Memory memory) {
        this.memory = memory;
    }

    Map<Ip, Layer2Decision> decisions() {
        Map<Ip, Layer2Decision> decisions = new TreeMap<>();
        Eligibility eligibility = memory.eligibility;
        if (eligibility != null) {
            Placement placement = new Placement(memory, eligibility);
            for (Ip address : eligibility.addresses()) {
                decisions.put(address, of(address, eligibility.general(address), placement));
            }
        }
        return decisions;
    }

    private Layer2Decision of(Ip address, AnnouncementReason general, Placement placement) {
        OwnershipRecord record = memory.records.get(address);
        boolean open = general == AnnouncementReason.ANNOUNCED;
        Optional<String> owner =
                open && record != null && !record.released() ? Optional.of(record.owner()) : Optional.empty();
        SortedMap<String, AnnouncementReason> reasons = new TreeMap<>();
        for (String node : placement.nodes()) {
            reasons.put(node, open ? reason(node, address, owner, placement) : general);
        }
        return new Layer2Decision(owner, interfaces(address), reasons);
    }

    private AnnouncementReason reason(String node, Ip address, Optional<String> owner, Placement placement) {
        AnnouncementReason obstacle = placement.obstacle(node, address);
        Memory.Vacancy care = memory.cares.get(address);
        if (care != null && care.isFirst(node) && (!node.equals(memory.self) || Voices.standsIn(memory, address))) {
            return AnnouncementReason.STANDS_IN;
        }
        if (obstacle != AnnouncementReason.ANNOUNCED
                || owner.filter(node::equals).isPresent()) {
            return obstacle;
        }
        if (node.equals(memory.self) && new Recognition(memory).doubted()) {
            return AnnouncementReason.MEMBER_UNKNOWN;
        }
        if (placement.gatewaySilent(node, address)) {
            return AnnouncementReason.GATEWAY_SILENT;
        }
        return memory.vacancies.has(address) ? AnnouncementReason.CLAIM_PENDING : AnnouncementReason.OTHER_NODE_OWNS;
    }

    private SortedSet<String> interfaces(Ip address) {
        SortedSet<String> interfaces = new TreeSet<>();
        memory.answers.own().forEach((name, addresses) -> {
            if (addresses.contains(address)) {
                interfaces.add(name);
            }
        });
        return interfaces;
    }
}
