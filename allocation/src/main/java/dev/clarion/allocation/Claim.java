package dev.clarion.allocation;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One Service while a plan is being made: what it holds, what it is to have, and what stands in the way. */
final class Claim {
    private final ServiceView service;
    private final boolean ours;
    private final Settled.@Nullable Finding known;
    private boolean asBefore;
    private List<Holding> held = List.of();
    private final PerFamily<Holding> picked = new PerFamily<>();
    private final PerFamily<Leave> leaves = new PerFamily<>();
    private Map<Ip, Trouble> foreign = Map.of();
    private List<Ip> added = List.of();
    private List<Ip> adopted = List.of();
    private @Nullable Trouble trouble;
    private boolean pending;

    /**
     * An address that the ledger says it has.
     *
     * @param holder it, as the ledger had it
     */
    record Holding(Spot spot, Holder holder) {}

    /**
     * That it is to have another address in place of one that it has.
     *
     * @param why what to say while it has none
     * @param atOnce whether it loses this one even if there is no other
     */
    record Leave(Trouble why, boolean atOnce) {}

    /** @param known what the last plan found, if that was nothing to do */
    Claim(ServiceView service, boolean ours, Settled.@Nullable Finding known) {
        this.service = service;
        this.ours = ours;
        this.known = known;
    }

    ServiceView service() {
        return service;
    }

    /** Whether it is for us to serve. */
    boolean isOurs() {
        return ours;
    }

    void hold(Spot spot, Holder holder) {
        if (held.isEmpty()) {
            held = new ArrayList<>(2);
        }
        held.add(new Holding(spot, holder));
    }

    /** What the ledger has under its name. */
    List<Holding> held() {
        return held;
    }

    boolean holds(Ip ip) {
        for (Holding holding : held) {
            if (holding.spot().ip().equals(ip)) {
                return true;
            }
        }
        return false;
    }

    /** Picks all that it holds without a further look, if that is what it held when there was nothing to do about it. */
    @SuppressWarnings("ReferenceEquality") // Of a shard that was not read again the entries are the same objects.
    void recognize() {
        if (known == null || known.entries().size() != held.size()) {
            return;
        }
        for (int i = 0; i < held.size(); i++) {
            LedgerEntry.Held before = known.entries().get(i);
            LedgerEntry.Held entry = held.get(i).spot().held();
            if (before != entry && !before.equals(entry)) {
                return;
            }
        }
        for (Holding holding : held) {
            picked.set(holding.spot().ip().family(), holding);
        }
        asBefore = true;
    }

    /** What the last plan found, if it still holds. */
    Settled.@Nullable Finding asBefore() {
        return asBefore ? known : null;
    }

    /** Whether the last plan found that there is nothing to do about it, and nothing changed since. */
    boolean isAsBefore() {
        return asBefore;
    }

    /** Of what it holds, picks what it is to have. What others show in their status is not to be had in safety. */
    void pick() {
        for (Holding holding : held) {
            IpFamily family = holding.spot().ip().family();
            Holding best = picked.get(family);
            boolean safe = holding.spot().shownBy().isEmpty()
                    || service.ingress().contains(holding.spot().ip());
            if (safe && families().contains(family) && (best == null || better().compare(holding, best) < 0)) {
                picked.set(family, holding);
            }
        }
    }

    /** Picks, in place of an address that its status does not show, one of the family that it does; false if there is none. */
    boolean fallBack(IpFamily family) {
        for (Holding holding : held) {
            Ip ip = holding.spot().ip();
            if (ip.family() == family && service.ingress().contains(ip) && !picks(holding.spot())) {
                picked.set(family, holding);
                leaves.set(family, null);
                return true;
            }
        }
        return false;
    }

    /** Of two addresses of one family, the one asked for; else the one in use; else the one held longest. */
    private Comparator<Holding> better() {
        Comparator<Holding> asked = switch (service.request()) {
            case AddressRequest.Unreadable unreadable -> Comparator.comparingInt(holding -> 0);
            case AddressRequest.Asked(Optional<String> pool, List<Ip> addresses) ->
                Comparator.comparing((Holding holding) ->
                                !addresses.contains(holding.spot().ip()))
                        .thenComparing(holding -> !isIn(holding.spot(), pool));
        };
        return asked.thenComparing(
                        holding -> !service.ingress().contains(holding.spot().ip()))
                .thenComparing(holding -> holding.holder().since())
                .thenComparing(holding -> holding.spot().ip());
    }

    private static boolean isIn(Spot spot, Optional<String> pool) {
        LedgerEntry.Held entry = spot.held();
        return pool.isPresent() && entry != null && entry.pool().equals(pool.get());
    }

    /** The families it is to have; while its cluster IPs are not known, those it has. */
    List<IpFamily> families() {
        return service.families().isEmpty()
                ? held.stream()
                        .map(holding -> holding.spot().ip().family())
                        .distinct()
                        .sorted()
                        .toList()
                : service.wanted();
    }

    @Nullable
    Spot picked(IpFamily family) {
        Holding holding = picked.get(family);
        return holding == null ? null : holding.spot();
    }

    boolean picks(Spot spot) {
        return picked(spot.ip().family()) == spot;
    }

    /** What it is to have, primary family first. */
    List<Spot> picked() {
        List<Spot> all = new ArrayList<>(2);
        for (IpFamily family : families()) {
            Spot spot = picked(family);
            if (spot != null) {
                all.add(spot);
            }
        }
        return all;
    }

    private void enter(Spot spot, Holder holder) {
        picked.set(spot.ip().family(), new Holding(spot, holder));
        leaves.set(spot.ip().family(), null);
    }

    void add(Spot spot, Holder holder) {
        enter(spot, holder);
        if (added.isEmpty()) {
            added = new ArrayList<>(2);
        }
        added.add(spot.ip());
    }

    void adopt(Spot spot, Holder holder) {
        enter(spot, holder);
        if (adopted.isEmpty()) {
            adopted = new ArrayList<>(2);
        }
        adopted.add(spot.ip());
    }

    List<Ip> added() {
        return added;
    }

    List<Ip> adopted() {
        return adopted;
    }

    /** Notes that it is to leave an address that it has. */
    void leave(IpFamily family, Leave leave) {
        leaves.set(family, leave);
    }

    @Nullable
    Leave leaves(IpFamily family) {
        return leaves.get(family);
    }

    void stay(IpFamily family) {
        leaves.set(family, null);
    }

    /** Whether an address of the family is to be found: it has none, or is to leave the one it has. */
    boolean isOpen(IpFamily family) {
        return (picked.get(family) == null && !hasForeign(family)) || leaves.get(family) != null;
    }

    /** Whether it has an address of the family that it can stay at. */
    boolean stays(IpFamily family) {
        Leave leave = leaves.get(family);
        return picked.get(family) != null && (leave == null || !leave.atOnce());
    }

    void drop(IpFamily family) {
        picked.set(family, null);
    }

    /** Marks an address that others wrote into the status and that cannot become the Service's own. */
    void leaveAlone(Ip ip, Trouble why) {
        if (foreign.isEmpty()) {
            foreign = new LinkedHashMap<>();
        }
        foreign.put(ip, why);
    }

    Map<Ip, Trouble> foreign() {
        return foreign;
    }

    boolean hasForeign(IpFamily family) {
        for (Ip ip : foreign.keySet()) {
            if (ip.family() == family) {
                return true;
            }
        }
        return false;
    }

    /** Notes that nothing is to be done about it before the ledger is in order. */
    void defer() {
        pending = true;
    }

    boolean isPending() {
        return pending;
    }

    /** Whether its status holds something other than addresses while nothing is known to be its own. */
    boolean isServedByName() {
        return service.otherIngress() && picked().isEmpty();
    }

    void fail(Trouble why) {
        trouble = why;
    }

    @Nullable
    Trouble trouble() {
        return trouble;
    }

    /** Whether a family that it must have is missing. */
    boolean lacks() {
        boolean nothing = foreign.isEmpty();
        for (IpFamily family : families()) {
            boolean there = picked.get(family) != null || hasForeign(family);
            if (!there && service.mustHave(family)) {
                return true;
            }
            nothing &= picked.get(family) == null;
        }
        return nothing;
    }
}
