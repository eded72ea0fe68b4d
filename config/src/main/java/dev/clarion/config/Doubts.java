package dev.clarion.config;

import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Warns of entries that are applied and, beside the others, probably do not do what was meant. */
final class Doubts {
    private final List<Reading.Good> entries;
    private final Set<EntryKey> known = new HashSet<>();
    private final Advice advice;
    private final Map<EntryKey, Reading.Good> byKey = new HashMap<>();
    private final Config config;
    private final List<Problem> problems;

    /** @param config what is in force */
    Doubts(Collection<Slot> slots, Config config, List<Problem> problems) {
        this.entries = slots.stream().flatMap(slot -> slot.wanted.stream()).toList();
        slots.forEach(slot -> known.add(slot.key));
        this.advice = new Advice(known);
        this.config = config;
        this.problems = problems;
    }

    void tell() {
        ClaimIndex<IpAddressPool> pools = new ClaimIndex<>();
        config.ipAddressPools().forEach(pool -> pool.ranges().forEach(range -> pools.put(range, pool)));
        for (Reading.Good good : entries) {
            switch (good.value()) {
                case L2Advertisement l2 -> pools(good, l2.ipAddressPools());
                case BgpAdvertisement bgp -> {
                    pools(good, bgp.ipAddressPools());
                    names(good, Section.BGP_PEERS, bgp.peers(), BgpForm.PEERS);
                }
                case Quota quota -> pools(good, quota.ipAddressPools());
                case Reservation reservation -> reserved(good, reservation, pools);
                case IpAddressPool pool -> {}
                case BgpPeer peer -> {}
                case BfdProfile profile -> {}
                case CommunityAlias alias -> {}
            }
        }
        new Preferences(config).clashes().forEach(this::warn);
        peersThatMayMeet();
    }

    private void pools(Reading.Good good, List<String> names) {
        names(good, Section.IP_ADDRESS_POOLS, names, Section.IP_ADDRESS_POOLS.key());
    }

    private void names(Reading.Good good, Section section, List<String> names, String field) {
        boolean pools = section == Section.IP_ADDRESS_POOLS;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!known.contains(new EntryKey(section, name))) {
                problems.add(good.problem(
                        Severity.WARNING,
                        pools ? ProblemReason.UNKNOWN_POOL : ProblemReason.UNKNOWN_PEER,
                        field + "[" + i + "]",
                        (pools ? "no pool " : "no peer ") + Shown.quoted(name) + advice.on(section, name)));
            }
        }
    }

    private void reserved(Reading.Good good, Reservation reservation, ClaimIndex<IpAddressPool> pools) {
        for (int i = 0; i < reservation.addresses().size(); i++) {
            Ip ip = reservation.addresses().get(i);
            Optional<IpAddressPool> pool = pools.firstOverlapping(IpRange.of(ip));
            if (pool.isEmpty() || !pool.get().contains(ip)) {
                String why = pool.map(it -> it.key() + " gives it to nobody").orElse("no pool has it");
                problems.add(good.problem(
                        Severity.WARNING,
                        ProblemReason.RESERVED_OUTSIDE,
                        ReservationForm.ADDRESSES + "[" + i + "]",
                        ip + ": " + why + ", so the Service cannot get it"));
            }
        }
    }

    private void peersThatMayMeet() {
        Map<Neighbor, List<BgpPeer>> byNeighbor = new HashMap<>();
        for (BgpPeer peer : config.bgpPeers()) {
            List<BgpPeer> others = byNeighbor.computeIfAbsent(peer.neighbor(), ignored -> new ArrayList<>());
            others.stream()
                    .flatMap(other -> PeerClashes.doubt(peer, other).stream())
                    .findFirst()
                    .ifPresent(conflict -> warn(peer.key(), conflict));
            others.add(peer);
        }
    }

    private void warn(EntryKey key, ClashRule.Conflict conflict) {
        Optional.ofNullable(byKey().get(key))
                .ifPresent(good -> problems.add(
                        good.problem(Severity.WARNING, conflict.reason(), conflict.path(), conflict.message())));
    }

    private Map<EntryKey, Reading.Good> byKey() {
        if (byKey.isEmpty()) {
            entries.forEach(good -> byKey.put(good.value().key(), good));
        }
        return byKey;
    }
}
