package dev.clarion.simulation;

import dev.clarion.allocation.FamilyPolicy;
import dev.clarion.allocation.Holder;
import dev.clarion.allocation.LedgerEntry;
import dev.clarion.allocation.ServicePort;
import dev.clarion.allocation.ServiceView;
import dev.clarion.allocation.ShardId;
import dev.clarion.allocation.SharingTerms;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What must hold after every single step, whatever happened:
 *
 * <ol>
 *   <li>what a status shows, the ledger has under that Service;
 *   <li>what two statuses show, the ledger has under both, and it has no form for two who may not share;
 *   <li>an address is taken out of a status only for another of its family, or because the Service is not to have one of
 *       the family any more, or because one of its ports is a partner's, or was since it shows the address: of a partner
 *       a controller knows what it read last, and the write takes its time.
 * </ol>
 *
 * and besides, at rest:
 *
 * <ol>
 *   <li value="4">those who share an address do so by the rules, also by what they say today;
 *   <li>the ledger has nothing that nobody shows.
 * </ol>
 *
 * Where somebody edited the ledger by hand, the first is expected only after it was repaired and what was being written
 * meanwhile has arrived, and the second compares with what was shown before the edit.
 */
final class Invariants {
    static final int COUNT = 5;

    private final SimulatedApi api;
    private final Tally tally;
    /** Until when writes may arrive that are older than the edit. */
    private final Map<Ip, Instant> edited = new TreeMap<>();

    private final Set<Ip> everEdited = new HashSet<>();
    private final Map<Ip, Set<String>> shownAtEdit = new TreeMap<>();
    private final Map<Ip, Set<String>> collided = new TreeMap<>();
    private Optional<String> lost = Optional.empty();

    Invariants(SimulatedApi api, Tally tally) {
        this.api = api;
        this.tally = tally;
        api.onPatch(this::patched);
    }

    /** Somebody is about to edit a shard by hand. */
    void aboutToEdit(ShardId id, Instant now) {
        Instant until = now.plus(SimulatedController.PATIENCE);
        shown().forEach((ip, services) -> {
            if (ShardId.of(ip).equals(id)) {
                edited.put(ip, until);
                everEdited.add(ip);
                Set<String> uids = shownAtEdit.computeIfAbsent(ip, any -> new HashSet<>());
                services.forEach(service -> uids.add(service.uid()));
            }
        });
        api.ledger()
                .entries()
                .filter(entry -> ShardId.of(entry.ip()).equals(id))
                .forEach(entry -> {
                    edited.put(entry.ip(), until);
                    everEdited.add(entry.ip());
                    if (entry instanceof LedgerEntry.Held held) {
                        Set<String> uids = shownAtEdit.computeIfAbsent(held.ip(), any -> new HashSet<>());
                        held.holders().forEach(holder -> uids.add(holder.uid()));
                    }
                });
    }

    private Map<Ip, List<ServiceView>> shown() {
        Map<Ip, List<ServiceView>> shown = new TreeMap<>();
        for (ServiceView service : api.inOrder()) {
            for (Ip ip : service.ingress()) {
                shown.computeIfAbsent(ip, any -> new ArrayList<>(2)).add(service);
            }
        }
        return shown;
    }

    private boolean holds(Ip ip, ServiceView service) {
        return api.entry(ip).stream()
                .anyMatch(entry -> entry instanceof LedgerEntry.Held held
                        && held.holders().stream()
                                .anyMatch(holder -> holder.uid().equals(service.uid())));
    }

    /** What is broken now; empty if nothing is. */
    Optional<String> broken(Instant now) {
        tally.check();
        if (lost.isPresent()) {
            return lost;
        }
        Map<Ip, List<ServiceView>> shown = shown();
        collided.keySet().retainAll(shown.keySet());
        for (Map.Entry<Ip, List<ServiceView>> entry : shown.entrySet()) {
            Ip ip = entry.getKey();
            List<ServiceView> by = entry.getValue();
            noteCollisions(ip, by);
            boolean allHold = by.stream().allMatch(service -> holds(ip, service));
            if (allHold) {
                edited.computeIfPresent(ip, (same, until) -> until.isBefore(now) ? null : until);
            } else if (!edited.containsKey(ip)) {
                return Optional.of(names(by) + " shows " + ip + ", but the ledger has " + api.entry(ip));
            } else if (by.size() > 1
                    && !by.stream()
                            .allMatch(service ->
                                    shownAtEdit.getOrDefault(ip, Set.of()).contains(service.uid()))) {
                return Optional.of(ip + " is shown by " + names(by) + ", but the ledger has " + api.entry(ip));
            }
        }
        return Optional.empty();
    }

    private static List<String> names(List<ServiceView> services) {
        return services.stream().map(service -> service.key().toString()).toList();
    }

    private void patched(ServiceView before, ServiceView after) {
        for (Ip ip : before.ingress()) {
            if (!after.ingress().contains(ip) && !everEdited.contains(ip) && !mayLose(ip, before, after)) {
                lost = Optional.of(before.key() + " lost " + ip + " for nothing: it showed " + before.ingress()
                        + " and shows " + after.ingress() + ", " + after.condition());
            }
        }
    }

    private boolean mayLose(Ip ip, ServiceView before, ServiceView after) {
        IpFamily family = ip.family();
        boolean wanted = after.policy() == FamilyPolicy.SINGLE_STACK
                ? after.families().getFirst() == family
                : after.families().contains(family);
        boolean replaced = after.ingress().stream().anyMatch(other -> other.family() == family);
        boolean served = after.loadBalancer() && after.loadBalancerClass().isEmpty();
        return !wanted
                || replaced
                || !served
                || collided.getOrDefault(ip, Set.of()).contains(before.uid());
    }

    private void noteCollisions(Ip ip, List<ServiceView> by) {
        Set<String> known = collided.computeIfAbsent(ip, any -> new HashSet<>());
        known.retainAll(by.stream().map(ServiceView::uid).toList());
        by.stream()
                .filter(service -> collides(ip, service))
                .map(ServiceView::uid)
                .forEach(known::add);
    }

    /** Whether another that has the address has a port of the Service's, by the ledger or by what it says today. */
    private boolean collides(Ip ip, ServiceView service) {
        Set<ServicePort> theirs = new HashSet<>();
        api
                .entry(ip)
                .filter(LedgerEntry.Held.class::isInstance)
                .map(entry -> ((LedgerEntry.Held) entry).holders())
                .orElse(List.of())
                .stream()
                .filter(holder -> !holder.uid().equals(service.uid()))
                .forEach(holder -> {
                    holder.terms().map(SharingTerms::ports).ifPresent(theirs::addAll);
                    api.inOrder().stream()
                            .filter(other -> other.uid().equals(holder.uid()))
                            .findFirst()
                            .map(ServiceView::ports)
                            .ifPresent(theirs::addAll);
                });
        return !Collections.disjoint(theirs, service.ports());
    }

    /** What is broken although everything has come to rest. */
    Optional<String> brokenAtRest() {
        Map<Ip, List<ServiceView>> shown = shown();
        for (Map.Entry<Ip, List<ServiceView>> entry : shown.entrySet()) {
            List<ServicePort> ports = new ArrayList<>();
            for (ServiceView service : entry.getValue()) {
                ports.addAll(service.ports());
            }
            if (entry.getValue().size() > 1 && new HashSet<>(ports).size() < ports.size()) {
                return Optional.of(names(entry.getValue()) + " collide at " + entry.getKey() + ": " + ports);
            }
        }
        return api.ledger()
                .entries()
                .flatMap(entry -> entry instanceof LedgerEntry.Held held
                        ? held.holders().stream()
                                .filter(holder -> !shows(shown, held.ip(), holder))
                                .map(holder -> holder.service() + " has " + held.ip() + " and does not show it")
                        : java.util.stream.Stream.<String>empty())
                .findFirst();
    }

    private static boolean shows(Map<Ip, List<ServiceView>> shown, Ip ip, Holder holder) {
        return shown.getOrDefault(ip, List.of()).stream()
                .anyMatch(service -> service.uid().equals(holder.uid()));
    }
}
