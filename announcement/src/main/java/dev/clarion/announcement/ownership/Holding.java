package dev.clarion.announcement.ownership;

import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.ownership.Placement.Spread;
import dev.clarion.net.Ip;
import java.util.List;
import java.util.function.Predicate;

/** Whether what this node owns may stay with it, and is best off there. */
final class Holding {
    private final Memory memory;
    private final Eligibility eligibility;
    private final Placement placement;
    private final Moves moves;
    private final Loads loads;
    private final Table table;
    private final Tidings tidings;

    Holding(
            Turn turn,
            Eligibility eligibility,
            Placement placement,
            Moves moves,
            Loads loads,
            Table table,
            Tidings tidings) {
        this.memory = turn.memory;
        this.eligibility = eligibility;
        this.placement = placement;
        this.moves = moves;
        this.loads = loads;
        this.table = table;
        this.tidings = tidings;
    }

    /** Looks at an address that this node owns. */
    void look(Ip address, List<Ip> group) {
        if (!memory.joined) {
            return;
        }
        switch (placement.obstacle(memory.self, address)) {
            case ANNOUNCED -> better(address, group);
            case SPEAKER_AWAY, SPEAKER_NOT_ALIVE, MEMBER_UNKNOWN, SEGMENT_UNREACHABLE, QUARANTINED -> {}
            case SPEAKER_LEAVING -> moves.want(address, group, MoveReason.DRAINING);
            case NODE_UNKNOWN, NODE_EXCLUDED, NETWORK_UNAVAILABLE, NODE_NOT_SELECTED ->
                moves.want(address, group, MoveReason.NODE_INELIGIBLE);
            case NODE_LEAVING -> moves.want(address, group, MoveReason.NODE_LEAVING);
            case NO_LOCAL_ENDPOINT -> moves.want(address, group, MoveReason.NO_LOCAL_ENDPOINT);
            case DATA_PLANE_NOT_READY -> moves.want(address, group, MoveReason.DATA_PLANE_NOT_READY);
            case NO_INTERFACE_IN_SUBNET -> release(address);
            case NOT_OUR_CLASS,
                    NOT_TAKEN_ON,
                    ADDRESS_NOT_IN_POOL,
                    NO_ADVERTISEMENT,
                    NO_PEER,
                    NO_ENDPOINT,
                    GATEWAY_SILENT,
                    OTHER_NODES_SERVE_MORE,
                    OTHER_NODE_OWNS,
                    CLAIM_PENDING,
                    STANDS_IN -> throw new IllegalStateException("no obstacle of a node");
        }
    }

    /** Hands over what it could keep, where another node is clearly the better place. */
    private void better(Ip address, List<Ip> group) {
        if (!memory.mayClaim()) {
            return;
        }
        if (placement.gatewaySilent(memory.self, address)) {
            long at = silentSince(address) + GatewayWatch.OTHERS_KNOW;
            if (memory.now < at) {
                memory.due(at);
                return;
            }
            wish(address, group, MoveReason.GATEWAY_SILENT, node -> !placement.gatewaySilent(node, address));
        } else if (eligibility.staying(memory.self, address) == 0) {
            wish(address, group, MoveReason.LOCAL_ENDPOINT_LEAVING, node -> eligibility.staying(node, address) > 0);
        } else if (memory.settings.cordon() && eligibility.cordoned(memory.self)) {
            wish(address, group, MoveReason.CORDONED, node -> !placement.tired(node, address));
        }
    }

    private long silentSince(Ip address) {
        return memory.roster
                .interfaceOf(address)
                .map(name -> memory.gateways.getOr(name, GatewayWatch.BEGIN).silentSince())
                .orElse(memory.now);
    }

    private void wish(Ip address, List<Ip> group, MoveReason reason, Predicate<String> better) {
        boolean any = placement.owners(address, group, loads.now(), Spread.EVEN).stream()
                .anyMatch(node -> !node.equals(memory.self) && better.test(node));
        if (any) {
            moves.want(address, group, reason, better);
        }
    }

    /** Gives up an address of this node. */
    void release(Ip address) {
        OwnershipRecord record = memory.records.get(address);
        if (record != null && record.ownedBy(memory.self)) {
            tidings.released(table.release(record));
        }
    }
}
