package dev.clarion.allocation;

import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One address while a plan is being made: what the ledger says of it, what it is to say, and who shows it. */
final class Spot {
    /** Each holder is compared with each other one, and all of a shard are one object of the API server. */
    static final int MOST_HOLDERS = 128;

    private final Ip ip;
    private final @Nullable PoolSpace pool;
    private final SharingRoom room;
    private LedgerEntry.@Nullable Held held;
    private LedgerEntry.@Nullable Resting resting;
    private boolean changed;
    private boolean unsettled;
    private boolean superseded;
    private List<Release> releases = List.of();
    private List<ServiceKey> shownBy = List.of();

    /**
     * @param pool the pool in whose ranges it lies, if any
     * @param room what room there is in its part of the ledger
     */
    Spot(Ip ip, @Nullable PoolSpace pool, SharingRoom room) {
        this.ip = ip;
        this.pool = pool;
        this.room = room;
    }

    void read(LedgerEntry entry) {
        switch (entry) {
            case LedgerEntry.Held found -> {
                room.change(ip, held, found);
                held = found;
            }
            case LedgerEntry.Resting found -> resting = found;
        }
    }

    Ip ip() {
        return ip;
    }

    /** The pool in whose ranges it lies, even if the pool gives it to nobody. */
    @Nullable
    PoolSpace pool() {
        return pool;
    }

    /** Whether a pool may give it to somebody. */
    boolean isInPool() {
        return pool != null && pool.gives(ip);
    }

    /** Who has it, as the ledger is to say. */
    LedgerEntry.@Nullable Held held() {
        return held;
    }

    LedgerEntry.@Nullable Resting resting() {
        return resting;
    }

    /** Notes that who had it last has another in its place, so that it is kept for nobody. */
    void supersede() {
        superseded = true;
    }

    boolean isSuperseded() {
        return superseded;
    }

    void hold(LedgerEntry.Held entry) {
        room.change(ip, held, entry);
        held = entry;
        resting = null;
        changed = true;
        if (pool != null) {
            pool.take(ip);
        }
    }

    /** What is to be written, if anything. */
    Optional<LedgerEntry.Held> put() {
        return changed ? Optional.ofNullable(held) : Optional.empty();
    }

    void release(Release release) {
        if (releases.isEmpty()) {
            releases = new ArrayList<>(1);
        }
        releases.add(release);
    }

    List<Release> releases() {
        return releases;
    }

    boolean isReleasedBy(Holder holder) {
        for (Release release : releases) {
            if (release.holder().isSameAs(holder)) {
                return true;
            }
        }
        return false;
    }

    /** Notes that a Service that does not have it shows it in its status. */
    void shown(ServiceKey by) {
        if (shownBy.isEmpty()) {
            shownBy = new ArrayList<>(1);
        }
        shownBy.add(by);
    }

    /** Those that show it in their status without having it. */
    List<ServiceKey> shownBy() {
        return shownBy;
    }

    /** Notes that somebody uses it otherwise than the ledger says, so that nobody can be added. */
    void unsettle() {
        unsettled = true;
    }

    /** What speaks against one more holder; empty if nobody has it or all who have it can share it. */
    Optional<SharingRefusal> refuses(ServiceView service) {
        if (held == null) {
            return Optional.empty();
        }
        if (held.holders().size() >= MOST_HOLDERS && held.holder(service).isEmpty()) {
            ServiceKey first = held.holders().getFirst().service();
            return Optional.of(new SharingRefusal(
                    SharingRefusal.Rule.CROWDED, first, MOST_HOLDERS + " Services share it, and there may be no more"));
        }
        if (held.holder(service).isEmpty() && service.sharing().isPresent() && !hasRoom(service)) {
            ServiceKey first = held.holders().getFirst().service();
            return Optional.of(new SharingRefusal(
                    SharingRefusal.Rule.CROWDED, first, "too many share it and its neighbours, the ledger is full"));
        }
        for (Holder holder : held.holders()) {
            if (!holder.is(service)) {
                Optional<SharingRefusal> refusal = holder.refuses(service.key(), service.sharing());
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
        }
        if (unsettled) {
            Holder first = held.holders().getFirst();
            return Optional.of(new SharingRefusal(
                    SharingRefusal.Rule.UNSETTLED, first.service(), "those who have it are changing"));
        }
        return Optional.empty();
    }

    /** Whether the ledger has room for the Service as a holder. */
    boolean hasRoom(ServiceView service) {
        return room.has(ip, service);
    }

    /** Whether the ledger has room for other terms of a holder. */
    boolean hasRoom(Holder holder, Optional<SharingTerms> terms) {
        return room.has(ip, holder, terms);
    }

    boolean isTaken() {
        return held != null || !shownBy.isEmpty();
    }
}
