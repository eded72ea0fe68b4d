package dev.clarion.allocation;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes in what statuses show and the ledger does not have, family by family: what was assigned before the ledger was
 * lost, by MetalLB, or by hand. What does not fit is left alone and reported, except for what Clarion itself once wrote
 * and another rightfully has: there the Service gets another address.
 */
final class Adoption {
    private final Occupancy spots;
    private final Map<ServiceKey, Claim> claims;

    Adoption(Occupancy spots, Map<ServiceKey, Claim> claims) {
        this.spots = spots;
        this.claims = claims;
    }

    /** What is to become the Service's own. */
    List<Spot> adopt(Claim claim) {
        List<Spot> fit = new ArrayList<>(2);
        for (IpFamily family : claim.families()) {
            if (claim.picked(family) == null) {
                List<Ip> shown = claim.service().ingress().stream()
                        .filter(ip -> ip.family() == family && !claim.holds(ip))
                        .distinct()
                        .toList();
                for (Ip ip : shown) {
                    adopt(claim, spots.at(ip), shown.size(), fit);
                }
            }
        }
        return fit;
    }

    private void adopt(Claim claim, Spot spot, int ofFamily, List<Spot> fit) {
        ServiceView service = claim.service();
        boolean once = wasOurs(service);
        if (ofFamily > 1) {
            leave(claim, AllocationReason.STATUS_ADDRESS_SURPLUS, spot, "is not the only one of its family");
        } else if (spot.refuses(service).isPresent()) {
            if (isInOrder(spot)) {
                if (!once) {
                    ServiceKey other = spot.refuses(service).get().other();
                    leave(claim, AllocationReason.STATUS_ADDRESS_TAKEN, spot, "belongs to " + other);
                }
            } else {
                claim.defer();
            }
        } else if (!once && !spot.hasRoom(service)) {
            leave(claim, AllocationReason.LEDGER_FULL, spot, "is next to too many that are shared");
        } else if (spot.isInPool() || once) {
            fit.add(spot);
        } else {
            leave(claim, AllocationReason.STATUS_ADDRESS_OUTSIDE_POOLS, spot, "is in no pool");
        }
    }

    /** Whether Clarion says of the Service that it has addresses: only then is there the name of a pool. */
    private static boolean wasOurs(ServiceView service) {
        return service.allocatedFrom().filter(pools -> !pools.isEmpty()).isPresent();
    }

    /** Whether some holder is there, and neither about to be removed nor kept from using the address. */
    private boolean isInOrder(Spot spot) {
        LedgerEntry.Held held = spot.held();
        if (held == null) {
            return false;
        }
        for (Holder holder : held.holders()) {
            Optional<Claim> claim = Optional.ofNullable(claims.get(holder.service()));
            if (!spot.isReleasedBy(holder)
                    && claim.filter(other -> other.picks(spot)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static void leave(Claim claim, AllocationReason reason, Spot spot, String why) {
        claim.leaveAlone(
                spot.ip(),
                new Trouble(
                        reason,
                        () -> spot.ip() + " stands in the status, was not assigned by Clarion and " + why
                                + "; it is left alone, take it out of the status to get another"));
    }
}
