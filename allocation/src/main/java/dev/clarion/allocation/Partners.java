package dev.clarion.allocation;

import dev.clarion.allocation.Claim.Leave;
import dev.clarion.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that those who share an address still may. Who is bound by what it said before has the better right: of two
 * that no longer agree, the one that changed leaves, and if both did, the one that came later. It moves as soon as it has
 * another address; until then it stays, unless it uses a port of a partner's: then it loses the address at once, so that
 * nobody's clients reach another's Pods.
 */
final class Partners {
    private final Map<ServiceKey, Claim> claims;

    Partners(Map<ServiceKey, Claim> claims) {
        this.claims = claims;
    }

    /** Brings the terms in the ledger up to date, or finds who is to leave. */
    void settle(Spot spot) {
        LedgerEntry.Held held = spot.held();
        if (held == null) {
            return;
        }
        List<Holder> changed = new ArrayList<>();
        for (Holder holder : held.holders()) {
            Claim claim = staying(holder, spot);
            if (claim != null && !claim.service().sharing().equals(holder.terms())) {
                changed.add(holder);
            }
        }
        for (Holder holder : changed) {
            Claim claim = claims.get(holder.service());
            if (claim != null) {
                settle(spot, holder, claim);
            }
        }
    }

    private void settle(Spot spot, Holder holder, Claim claim) {
        ServiceView service = claim.service();
        LedgerEntry.Held held = spot.held();
        if (held == null) {
            return;
        }
        Optional<SharingRefusal> refusal = Optional.empty();
        Optional<String> collision = Optional.empty();
        boolean leaving = false;
        for (Holder other : held.holders()) {
            Optional<SharingRefusal> why =
                    other.isSameAs(holder) ? Optional.empty() : other.refuses(service.key(), service.sharing());
            if (why.isPresent() && staying(other, spot) == null) {
                leaving = true;
            } else if (why.isPresent()) {
                refusal = refusal.or(() -> why);
                collision = collision.or(() -> collision(spot, holder, service, other));
            }
        }
        boolean room = spot.hasRoom(holder, service.sharing());
        if (refusal.isEmpty() && !leaving && room) {
            spot.hold(held.with(holder.onTerms(service.sharing())));
            return;
        }
        // Nobody can be added while the ledger does not say how the address is used.
        spot.unsettle();
        if (refusal.isPresent()) {
            claim.leave(spot.ip().family(), leave(spot, refusal.get(), collision));
        } else if (!room) {
            claim.leave(
                    spot.ip().family(),
                    new Leave(
                            new Trouble(
                                    AllocationReason.LEDGER_FULL,
                                    () -> "the ledger has no room for the ports on which the Service now shares "
                                            + spot.ip()),
                            false));
        }
    }

    private static Leave leave(Spot spot, SharingRefusal refusal, Optional<String> collision) {
        return collision
                .map(words -> new Leave(
                        new Trouble(
                                AllocationReason.SHARING_COLLISION,
                                () -> spot.ip() + " can no longer be shared: " + words),
                        true))
                .orElseGet(() -> new Leave(
                        new Trouble(
                                AllocationReason.SHARING_ENDED,
                                () -> spot.ip() + " can no longer be shared: " + refusal.facts()),
                        false));
    }

    /** Who was about to move to an address that it cannot have after all stays at the one that it shows. */
    void fallBack(Claim claim) {
        for (IpFamily family : claim.families()) {
            Leave leave = claim.leaves(family);
            if (leave != null && leave.atOnce() && claim.fallBack(family)) {
                Spot spot = claim.picked(family);
                if (spot != null) {
                    settle(spot);
                }
            }
        }
    }

    /** Who runs from a partner that itself leaves for another address need not run. */
    void bear(Claim claim) {
        for (IpFamily family : claim.families()) {
            Leave leave = claim.leaves(family);
            Spot spot = claim.picked(family);
            if (leave != null && leave.atOnce() && spot != null && !collide(spot, claim)) {
                claim.leave(family, new Leave(leave.why(), false));
            }
        }
    }

    /** Whether a partner that goes on using the address uses a port of the Service's. */
    private boolean collide(Spot spot, Claim claim) {
        LedgerEntry.Held held = spot.held();
        Holder own = held == null ? null : held.holder(claim.service()).orElse(null);
        if (held == null || own == null) {
            return false;
        }
        for (Holder other : held.holders()) {
            if (!other.isSameAs(own)
                    && collision(spot, own, claim.service(), other).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** A port that both use today, whatever their keys, if it is for the Service to leave. */
    private Optional<String> collision(Spot spot, Holder holder, ServiceView service, Holder other) {
        Claim partner = staying(other, spot);
        if (partner == null) {
            return Optional.empty();
        }
        boolean bothChanged = !partner.service().sharing().equals(other.terms());
        if (bothChanged && Holder.ORDER.compare(holder, other) < 0) {
            return Optional.empty();
        }
        for (ServicePort port : service.ports()) {
            if (partner.service().ports().contains(port)) {
                return Optional.of(other.service() + " uses port " + port + " of it");
            }
        }
        return Optional.empty();
    }

    /** The claim of a holder that goes on using the address; null if it is gone or on its way to another. */
    private @Nullable Claim staying(Holder holder, Spot spot) {
        Claim claim = claims.get(holder.service());
        return claim != null && claim.isOurs() && holder.is(claim.service()) && claim.picks(spot) ? claim : null;
    }
}
