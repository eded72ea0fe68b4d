package dev.clarion.speaker;

import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.membership.Member;
import dev.clarion.announcement.membership.Probe;
import dev.clarion.announcement.ownership.Action;
import dev.clarion.announcement.ownership.Answers;
import dev.clarion.announcement.ownership.ClaimReason;
import dev.clarion.announcement.ownership.Event;
import dev.clarion.announcement.ownership.Ownership;
import dev.clarion.arpndp.L2Intent;
import dev.clarion.arpndp.ProbeResult;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;

/**
 * What ownership and the segments have to say to each other: what is answered for, who is asked, and what an answer means
 * to the core. Belongs to the ownership thread.
 */
final class SegmentWork {
    private static final long LOOK_AGAIN = TimeUnit.SECONDS.toNanos(1);

    private final SegmentPort segments;
    private final OwnershipListener listener;
    private final L2Intent bridge;
    private final FirstUse firstUse;
    private final Strangers strangers = new Strangers();
    /** Whose kernel is asked for, by interface and address. */
    private final Map<Asked, String> asked = new HashMap<>();

    private Set<Ip> services = Set.of();
    private List<Member> members = List.of();
    private Set<Ip> memberAddresses = Set.of();
    private long membersAt = System.nanoTime() - LOOK_AGAIN;
    private Map<String, Set<Ip>> watched = Map.of();
    private Answers answers = Answers.NONE;
    private boolean joined;
    private Set<Ip> owned = Set.of();
    private boolean due = true;

    private record Asked(String interfaceName, Ip target) {}

    /** @param bridge what is answered for until it is known who owns what */
    SegmentWork(SegmentPort segments, OwnershipListener listener, L2Intent bridge) {
        this.segments = segments;
        this.listener = listener;
        this.bridge = bridge;
        this.firstUse = new FirstUse(segments);
    }

    // What the core is told.

    /** Foreign hosts had these when the last run ended. */
    Event restore(SortedMap<Ip, FirstUse.Foreign> foreign) {
        firstUse.restore(foreign, System.nanoTime());
        return quarantine();
    }

    /** These are the addresses of all Services. */
    Optional<Event> services(Set<Ip> next) {
        services = next;
        return firstUse.retain(next::contains) ? Optional.of(quarantine()) : Optional.empty();
    }

    void members(List<Member> next) {
        members = next;
    }

    /** A host asked for an address. */
    Optional<Event> asked(Ownership core, String interfaceName, Ip host) {
        return !isMember(core, host) && strangers.heard(interfaceName, host, System.nanoTime())
                ? Optional.of(heard(interfaceName, host))
                : Optional.empty();
    }

    /** Who was asked for an address has answered. */
    Optional<Event> answered(Ownership core, String interfaceName, Ip target, Mac mac) {
        String node = asked.get(new Asked(interfaceName, target));
        if (node != null) {
            return Optional.of(new Event.KernelAnswered(node, interfaceName));
        }
        if (services.contains(target)) {
            return Optional.of(new Event.OwnerAnswered(target, mac));
        }
        return isMember(core, target) ? Optional.empty() : Optional.of(heard(interfaceName, target));
    }

    private Event heard(String interfaceName, Ip host) {
        return segments.gateways(interfaceName).contains(host)
                ? new Event.GatewayAnswered(interfaceName)
                : new Event.SegmentHeard(interfaceName);
    }

    /** Another host speaks as the owner of an address that is held here; no news to the core if it is no member. */
    Optional<Event> conflict(Ownership core, String interfaceName, Ip address, Mac mac) {
        if (!core.nodesOf(mac).isEmpty()) {
            return Optional.of(new Event.AddressSeen(address, mac));
        }
        listener.foreign(interfaceName, address, mac, false);
        segments.defend(interfaceName, address);
        return Optional.empty();
    }

    /** The segment was asked whether an address is free. */
    Optional<Event> probed(Ownership core, String interfaceName, Ip address, ProbeResult result) {
        boolean fellow = result instanceof ProbeResult.Foreign(Mac mac)
                && !core.nodesOf(mac).isEmpty();
        boolean before = firstUse.quarantined().containsKey(address);
        if (!firstUse.probed(interfaceName, address, result, fellow, System.nanoTime())) {
            return Optional.empty();
        }
        if (result instanceof ProbeResult.Foreign(Mac mac) && !before) {
            listener.foreign(interfaceName, address, mac, true);
        }
        return Optional.of(quarantine());
    }

    private Event quarantine() {
        due = true;
        return new Event.Quarantine(Set.copyOf(firstUse.quarantined().keySet()));
    }

    /** Of members, by what they say of their interfaces; looked up once a second at most. */
    private boolean isMember(Ownership core, Ip host) {
        long now = System.nanoTime();
        if (now - membersAt >= LOOK_AGAIN) {
            membersAt = now;
            Set<Ip> all = new HashSet<>();
            members.forEach(member -> all.add(member.address()));
            for (List<Segment> ofNode : core.snapshot(false).segments().values()) {
                ofNode.forEach(segment -> segment.addresses().forEach(on -> all.add(on.address())));
            }
            memberAddresses = Set.copyOf(all);
        }
        return memberAddresses.contains(host);
    }

    // What is answered for.

    /** Addresses of others that this node may come to own, by interface. */
    void watched(Map<String, Set<Ip>> next) {
        watched = next;
        due = true;
    }

    /** The core's answers; until it has joined, the bridge is answered for instead. */
    void answers(Answers next, boolean nowJoined) {
        due |= joined != nowJoined || !next.equals(answers);
        answers = next;
        joined = nowJoined;
        firstUse.keep(next::owns);
    }

    /** What is announced for the first time is held back until the segment was asked; what another member had is not. */
    void prepare(Action.Announce announce) {
        if (announce.reason() == ClaimReason.FIRST_USE) {
            firstUse.begin(announce.interfaceName(), announce.addresses(), System.nanoTime());
        } else {
            firstUse.release(announce.addresses());
        }
        due = true;
    }

    /** Makes the segments answer for what is to be answered for; whether this node's own part of that changed. */
    boolean apply() {
        if (!due) {
            return false;
        }
        due = false;
        Map<String, Set<Ip>> own = new HashMap<>();
        Map<String, Map<Ip, Mac>> caretaken = new HashMap<>();
        if (joined) {
            answers.own().forEach((name, addresses) -> {
                Set<Ip> answered = new HashSet<>(addresses);
                answered.removeIf(firstUse::holds);
                own.put(name, answered);
            });
            caretaken.putAll(answers.inName());
        } else {
            own.putAll(bridge.owned());
        }
        Set<Ip> before = owned;
        Set<Ip> after = new HashSet<>();
        own.values().forEach(after::addAll);
        owned = Set.copyOf(after);
        segments.apply(new L2Intent(own, caretaken, watched));
        return !before.equals(owned);
    }

    /** Nothing is answered or announced later than this. */
    void answerUntil(long nanoTime) {
        segments.answerUntil(nanoTime);
    }

    /** Asks again what was not answered. */
    void turn() {
        if (!firstUse.idle() && firstUse.turn(System.nanoTime())) {
            due = true;
        }
    }

    /** When it is to be called again, if at all. */
    Optional<Long> wakeAt() {
        return firstUse.due();
    }

    /** The addresses that foreign hosts have. */
    SortedMap<Ip, FirstUse.Foreign> quarantined() {
        return firstUse.quarantined();
    }

    // Who is asked, and told.

    void announce(Action.Announce announce) {
        listener.claimed(announce.interfaceName(), announce.addresses(), announce.reason());
        if (announce.reason() == ClaimReason.REPEATED) {
            segments.announceAgain(Set.copyOf(announce.addresses()));
        }
    }

    void tell(Action.Tell tell) {
        segments.tell(tell.interfaceName(), tell.address(), tell.host());
    }

    /** Asks a node's kernel on the segment; false if that cannot be done there. */
    boolean askKernel(Probe probe) {
        if (probe.interfaceName().isEmpty()) {
            return false;
        }
        String name = probe.interfaceName().get();
        asked.put(new Asked(name, probe.address()), probe.node());
        return segments.probeKernel(name, probe.address());
    }

    void askOwner(Action.ProbeOwner probe) {
        segments.probeKernel(probe.interfaceName(), probe.address());
    }

    /** Asks gateways, or whoever is no member and was heard last, for a sign of life. */
    void askAnybody(Ownership core, String interfaceName) {
        strangers
                .toAsk(interfaceName, segments.gateways(interfaceName), host -> isMember(core, host))
                .forEach(host -> segments.probeKernel(interfaceName, host));
    }

    void askGateways(String interfaceName) {
        segments.gateways(interfaceName).forEach(gateway -> segments.probeKernel(interfaceName, gateway));
    }
}
