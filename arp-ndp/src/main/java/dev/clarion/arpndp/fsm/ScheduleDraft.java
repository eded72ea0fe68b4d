package dev.clarion.arpndp.fsm;

import dev.clarion.arpndp.fsm.Pending.Series;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What follows from one event for a schedule, while it is worked out. Copies what it changes, and shares the rest. */
final class ScheduleDraft {

    /** DEFEND_INTERVAL of RFC 5227 section 1.1. */
    private static final long DEFEND_NANOS = 10_000_000_000L;

    private final Rules rules;
    private Pacing pace;
    private Pacing refreshPace;
    private Set<Ip> addresses;
    private List<Pending> pending;
    private Set<Ip> introduce;
    private Map<Ip, Refresh> next;
    private Map<Ip, Long> defences;
    private final List<Announcement> send = new ArrayList<>();

    /** Who is told of what. */
    private record Pair(Ip address, Ip neighbour) {}

    ScheduleDraft(ScheduleState state) {
        this.rules = state.rules();
        this.pace = state.pacing();
        this.refreshPace = state.refreshPacing();
        this.addresses = state.owned();
        this.pending = state.waiting();
        this.introduce = state.unintroduced();
        this.next = state.refreshes();
        this.defences = state.defended();
    }

    void claim(Set<Ip> claimed, long now) {
        Set<Ip> all = new HashSet<>(addresses);
        List<Ip> fresh = claimed.stream().filter(all::add).toList();
        addresses = all;
        announce(fresh, now);
    }

    void release(Set<Ip> released) {
        if (released.isEmpty()) {
            return;
        }
        addresses = without(addresses, released);
        introduce = without(introduce, released);
        next = new HashMap<>(next);
        next.keySet().removeAll(released);
        defences = new HashMap<>(defences);
        defences.keySet().removeAll(released);
        drop(each -> released.contains(each.announcement().address()));
    }

    void again(Set<Ip> which, long now) {
        Set<Ip> mine = new HashSet<>(which);
        mine.retainAll(addresses);
        drop(each -> mine.contains(each.announcement().address()));
        announce(mine, now);
    }

    void introduce(Set<Ip> which) {
        Set<Ip> all = new HashSet<>(introduce);
        all.addAll(which);
        introduce = all;
    }

    private void drop(Predicate<Pending> which) {
        pending = new ArrayList<>(pending);
        pending.removeIf(which);
    }

    private static Set<Ip> without(Set<Ip> from, Set<Ip> released) {
        Set<Ip> left = new HashSet<>(from);
        left.removeAll(released);
        return left;
    }

    private void announce(Collection<Ip> which, long now) {
        if (which.isEmpty()) {
            return;
        }
        introduce(Set.copyOf(which));
        List<Pending> more = new ArrayList<>(pending);
        Map<Ip, Refresh> later = new HashMap<>(next);
        which.forEach(address -> {
            Pending.first(address, now).forEach(more::add);
            if (rules.refreshNanos() > 0) {
                later.put(address, Refresh.first(address, rules, now));
            }
        });
        pending = more;
        next = later;
    }

    void direct(Ip address, List<Neighbour> neighbours, long now) {
        tell(List.of(address), asked -> neighbours, Series.DIRECTED, now);
    }

    private void tell(Collection<Ip> which, Neighbourhood neighbourhood, Series series, long now) {
        List<Pending> more = new ArrayList<>(pending);
        Set<Pair> told = new HashSet<>();
        more.stream()
                .flatMap(each -> each.directed().stream())
                .map(ScheduleDraft::pair)
                .forEach(told::add);
        long askers = more.stream().filter(Pending::tellsAnAsker).count();
        for (Ip address : which) {
            for (Neighbour neighbour : addresses.contains(address) ? neighbourhood.of(address) : List.<Neighbour>of()) {
                boolean asker = neighbour.role() == Neighbour.Role.ASKER;
                boolean fits = neighbour.ip().family() == address.family()
                        && !neighbour.ip().equals(address)
                        && !(asker && askers >= rules.directedBudget());
                if (fits && told.add(new Pair(address, neighbour.ip()))) {
                    more.add(Pending.directed(address, neighbour, series, now));
                    askers += asker ? 1 : 0;
                }
            }
        }
        pending = more;
    }

    private static Pair pair(Announcement.Directed directed) {
        return new Pair(directed.address(), directed.to().ip());
    }

    void acknowledge(Ip address, Ip neighbour) {
        Pair pair = new Pair(address, neighbour);
        drop(each ->
                each.directed().map(ScheduleDraft::pair).filter(pair::equals).isPresent());
    }

    void defend(Ip address, long now) {
        Long before = defences.get(address);
        if (addresses.contains(address) && (before == null || now - before >= DEFEND_NANOS)) {
            defences = new HashMap<>(defences);
            defences.put(address, now);
            pending = new ArrayList<>(pending);
            pending.add(Pending.single(address, Series.ONCE, now));
        }
    }

    void tick(long now, Neighbourhood neighbourhood) {
        if (!introduce.isEmpty()) {
            tell(introduce, neighbourhood, Series.DIRECTED, now);
            introduce = Set.of();
        }
        refresh(now, neighbourhood);
        send(now);
    }

    private void refresh(long now, Neighbourhood neighbourhood) {
        List<Refresh> due =
                next.values().stream().filter(each -> each.isDue(now)).toList();
        if (due.isEmpty()) {
            return;
        }
        Set<Ip> stillWaiting = pending.stream()
                .filter(Pending::isRefresh)
                .map(each -> each.announcement().address())
                .collect(Collectors.toSet());
        next = new HashMap<>(next);
        due.forEach(each -> next.put(each.address(), each.following(rules, now)));
        List<Ip> again = due.stream()
                .map(Refresh::address)
                .filter(address -> !stillWaiting.contains(address))
                .toList();
        pending = new ArrayList<>(pending);
        again.forEach(address -> pending.add(Pending.single(address, Series.REFRESH, now)));
        tell(again, neighbourhood, Series.REFRESH_DIRECTED, now);
    }

    private void send(long now) {
        PriorityQueue<Pending> due = new PriorityQueue<>(Pending.MOST_URGENT);
        List<Pending> later = new ArrayList<>();
        pending.forEach(each -> (each.isDue(now) ? due : later).add(each));
        while (!due.isEmpty() && pace.waitNanos(now) <= 0 && mayGo(due.element(), now)) {
            Pending first = due.remove();
            send.add(first.announcement());
            first.following(now).ifPresent(later::add);
            pace = pace.sent(now);
            refreshPace = first.isRefresh() ? refreshPace.sent(now) : refreshPace;
        }
        later.addAll(due);
        pending = later;
    }

    /** Refreshes come last, so when one has to wait nothing else does. */
    private boolean mayGo(Pending each, long now) {
        return !each.isRefresh() || refreshPace.waitNanos(now) <= 0;
    }

    /** What is to be sent now, in this order. */
    List<Announcement> toSend() {
        return send;
    }

    ScheduleState done() {
        return new ScheduleState(rules, pace, refreshPace, addresses, pending, introduce, next, defences);
    }
}
