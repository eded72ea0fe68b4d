package dev.clarion.speaker;

import dev.clarion.announcement.AddressDecision;
import dev.clarion.announcement.AnnouncementReason;
import dev.clarion.announcement.Intent;
import dev.clarion.announcement.ServiceKey;
import dev.clarion.kube.EventRecorder;
import dev.clarion.kube.EventType;
import dev.clarion.kube.ObjectKey;
import dev.clarion.kube.ObjectRef;
import dev.clarion.net.Ip;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Says what changed between two decisions as far as this node is concerned: a line in the log for each address and
 * kind, and an event on the Service when this node begins to announce it.
 */
final class DecisionLog {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);
    /** More changes at once than this are counted instead of listed. */
    private static final int MOST_LINES = 100;
    /** What comes and goes while speakers restart or stand still. */
    private static final Set<AnnouncementReason> PASSING = EnumSet.of(
            AnnouncementReason.ANNOUNCED,
            AnnouncementReason.OTHER_NODE_OWNS,
            AnnouncementReason.SPEAKER_AWAY,
            AnnouncementReason.STANDS_IN);

    /** One kind of announcement of one address, as this node sees it. */
    record Standing(AnnouncementReason reason, Optional<String> owner, SortedSet<String> where) {
        boolean announced() {
            return reason == AnnouncementReason.ANNOUNCED;
        }

        /** Whether only this changed: whose speaker is there just now. The owner is the same, and its kernel forwards. */
        boolean sameOwnerAs(@Nullable Standing before) {
            return before != null
                    && owner.isPresent()
                    && owner.equals(before.owner)
                    && PASSING.contains(reason)
                    && PASSING.contains(before.reason);
        }
    }

    private final String node;
    private final EventRecorder events;
    private final Consumer<AnnouncementReason> counter;
    private SortedMap<Ip, FirstUse.Foreign> quarantined = new TreeMap<>();

    /** @param counter told the reason of each change */
    DecisionLog(String node, EventRecorder events, Consumer<AnnouncementReason> counter) {
        this.node = node;
        this.events = events;
        this.counter = counter;
    }

    void changed(Optional<Intent> before, Intent after, Inputs inputs) {
        SortedSet<Ip> addresses = new TreeSet<>(after.decisions().keySet());
        before.ifPresent(intent -> addresses.addAll(intent.decisions().keySet()));
        int lines = 0;
        for (Ip address : addresses) {
            AddressDecision was =
                    before.map(intent -> intent.decisions().get(address)).orElse(null);
            AddressDecision is = after.decisions().get(address);
            lines += compare("layer2", address, was, is, layer2(was), layer2(is), inputs, lines);
            lines += compare("bgp", address, was, is, bgp(was), bgp(is), inputs, lines);
        }
        if (lines > MOST_LINES) {
            LOG.atInfo().addKeyValue("count", lines - MOST_LINES).log("and more decisions changed");
        }
    }

    /** Tells of addresses that foreign hosts have now, and of those that they gave up. */
    void foreign(SortedMap<Ip, FirstUse.Foreign> now, Inputs inputs) {
        for (Map.Entry<Ip, FirstUse.Foreign> entry : now.entrySet()) {
            FirstUse.Foreign before = quarantined.get(entry.getKey());
            if (before == null || !before.mac().equals(entry.getValue().mac())) {
                quarantined(entry.getKey(), entry.getValue(), inputs);
            }
        }
        quarantined.keySet().stream()
                .filter(address -> !now.containsKey(address))
                .forEach(
                        address -> LOG.atInfo().addKeyValue("address", address).log("no foreign host has it any more"));
        quarantined = now;
    }

    private void quarantined(Ip address, FirstUse.Foreign foreign, Inputs inputs) {
        LOG.atWarn()
                .addKeyValue("address", address)
                .addKeyValue("mac", foreign.mac())
                .addKeyValue("on", foreign.interfaceName())
                .log("a host outside of the cluster has this address; it is not announced");
        inputs.services().values().stream()
                .filter(service -> service.addresses().contains(address))
                .forEach(service -> events.record(
                        ObjectRef.service(
                                new ObjectKey(
                                        service.key().namespace(), service.key().name()),
                                service.uid()),
                        EventType.WARNING,
                        EventReason.ADDRESS_IN_USE.word(),
                        address + " is not announced: the host with hardware address " + foreign.mac() + " on "
                                + foreign.interfaceName() + " of node " + node
                                + " answers for it. Take the address from that host, or out of the pool."));
    }

    private @Nullable Standing layer2(@Nullable AddressDecision decision) {
        return decision == null
                ? null
                : new Standing(reason(decision.layer2().get(node)), decision.owner(), decision.interfaces());
    }

    private @Nullable Standing bgp(@Nullable AddressDecision decision) {
        return decision == null
                ? null
                : new Standing(reason(decision.bgp().get(node)), Optional.empty(), decision.peers());
    }

    private static AnnouncementReason reason(@Nullable AnnouncementReason reason) {
        return reason == null ? AnnouncementReason.NODE_UNKNOWN : reason;
    }

    private int compare(
            String kind,
            Ip address,
            @Nullable AddressDecision was,
            @Nullable AddressDecision is,
            @Nullable Standing before,
            @Nullable Standing after,
            Inputs inputs,
            int lines) {
        if (is == null || after == null) {
            // The Service is gone or has lost the address; what was not announced need not be mentioned.
            boolean announced = before != null && before.announced();
            if (announced && was != null && lines < MOST_LINES) {
                LOG.atInfo()
                        .addKeyValue("kind", kind)
                        .addKeyValue("address", address)
                        .addKeyValue("services", services(was))
                        .addKeyValue("reason", "ADDRESS_GONE")
                        .log("withdrawn");
            }
            return announced ? 1 : 0;
        }
        // That a pool is announced by one kind only is its configuration, and no news.
        boolean quiet = before == null && after.reason() == AnnouncementReason.NO_ADVERTISEMENT;
        if (after.equals(before) || quiet) {
            return 0;
        }
        counter.accept(after.reason());
        if (after.sameOwnerAs(before)) {
            LOG.debug("kind={} address={} reason={} the owner is the same", kind, address, after.reason());
            return 0;
        }
        if (lines < MOST_LINES) {
            line(kind, is, before, after);
        }
        if (after.announced() && (before == null || !before.announced())) {
            is.services().forEach(service -> event(service, kind, is, after, inputs));
        }
        return 1;
    }

    private static void line(String kind, AddressDecision is, @Nullable Standing before, Standing after) {
        LoggingEventBuilder entry = LOG.atInfo()
                .addKeyValue("kind", kind)
                .addKeyValue("address", is.address())
                .addKeyValue("services", services(is))
                .addKeyValue("pool", is.pool().orElse("none"))
                .addKeyValue("reason", after.reason());
        if (after.owner().isPresent()) {
            entry = entry.addKeyValue("owner", after.owner().get());
        }
        if (!after.where().isEmpty()) {
            entry = entry.addKeyValue("on", String.join(",", after.where()));
        }
        boolean was = before != null && before.announced();
        entry.log(
                after.announced() ? (was ? "announced as before" : "announced") : was ? "withdrawn" : "not announced");
    }

    private static String services(AddressDecision decision) {
        return decision.services().stream().map(ServiceKey::toString).collect(Collectors.joining(","));
    }

    private void event(ServiceKey service, String kind, AddressDecision is, Standing now, Inputs inputs) {
        ServiceRecord record = inputs.services().get(new ObjectKey(service.namespace(), service.name()));
        if (record != null) {
            events.record(
                    ObjectRef.service(new ObjectKey(service.namespace(), service.name()), record.uid()),
                    EventType.NORMAL,
                    EventReason.NODE_ASSIGNED.word(),
                    "announcing " + is.address() + " from node " + node + " by " + kind + " on "
                            + String.join(", ", now.where()));
        }
    }
}
