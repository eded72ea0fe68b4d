package dev.clarion.allocation;

import dev.clarion.allocation.Decision.Mark;
import dev.clarion.net.Ip;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts what was found for a Service into words: the decision, and what its status is to say. */
final class Verdict {
    private final Standing standing;
    private final Instant now;

    Verdict(Standing standing, Instant now) {
        this.standing = standing;
        this.now = now;
    }

    Decision decision(Claim claim) {
        ServiceView service = claim.service();
        ServiceKey key = service.key();
        if (claim.isServedByName()) {
            return new Decision.Foreign(
                    key,
                    AllocationReason.STATUS_NOT_AN_ADDRESS,
                    "the status, not written by Clarion, holds something that is not an address; it is left alone");
        }
        if (claim.isPending()) {
            return new Decision.Foreign(
                    key,
                    AllocationReason.LEDGER_UNSETTLED,
                    "its address stands in the ledger under another Service; looked at again once that is settled");
        }
        if (!claim.foreign().isEmpty()) {
            Trouble first = claim.foreign().values().iterator().next();
            return new Decision.Foreign(key, first.reason(), first.message());
        }
        List<Ip> own = own(claim);
        Trouble trouble = claim.trouble();
        if (claim.lacks()) {
            return lacking(service, own, trouble);
        }
        List<Mark> marks = marks(claim);
        if (trouble == null && marks.isEmpty()) {
            return having(claim, AllocationReason.ALLOCATED, fromPools(claim), own);
        }
        AllocationReason reason = trouble == null
                ? marks.getFirst().reason()
                : own.size() < claim.families().size()
                        ? AllocationReason.ALLOCATED_ONE_FAMILY
                        : isStaying(trouble.reason()) ? trouble.reason() : AllocationReason.REQUEST_NOT_MET;
        String message = trouble == null ? kept(claim, marks) : "; " + trouble.message();
        message = Words.message(fromPools(claim) + message);
        boolean news = !claim.added().isEmpty() || !claim.adopted().isEmpty();
        return marks.isEmpty() || news
                ? having(claim, reason, message, own)
                : new Decision.KeptMarked(key, reason, message, own, marks, service.deprecated());
    }

    private static Decision lacking(ServiceView service, List<Ip> own, @Nullable Trouble trouble) {
        ServiceKey key = service.key();
        if (trouble == null) {
            return new Decision.NotOurs(key, AllocationReason.BEING_DELETED, "the Service is being deleted");
        }
        return new Decision.Waiting(
                key, trouble.reason(), trouble.message(), own, trouble.refusals(), service.deprecated());
    }

    /** Whether the reason is one for which an address is kept only until there is another. */
    private static boolean isStaying(AllocationReason reason) {
        return reason == AllocationReason.SHARING_ENDED
                || reason == AllocationReason.SHARING_COLLISION
                || reason == AllocationReason.ADDRESS_OUTSIDE_POOLS
                || reason == AllocationReason.ADDRESS_NOT_FOR_SERVICE
                || reason == AllocationReason.ADDRESS_IN_OTHER_POOL;
    }

    private static Decision having(Claim claim, AllocationReason reason, String message, List<Ip> own) {
        ServiceView service = claim.service();
        ServiceKey key = service.key();
        List<String> deprecated = service.deprecated();
        if (!claim.added().isEmpty()) {
            return new Decision.Assigned(key, reason, message, own, List.copyOf(claim.added()), deprecated);
        }
        if (!claim.adopted().isEmpty()) {
            return new Decision.Adopted(key, reason, message, own, List.copyOf(claim.adopted()), deprecated);
        }
        return new Decision.Kept(key, reason, message, own, deprecated);
    }

    private List<Mark> marks(Claim claim) {
        List<Mark> marks = List.of();
        for (Spot spot : claim.picked()) {
            AllocationReason objection = standing.objection(spot, claim.service());
            if (objection != null) {
                marks = marks.isEmpty() ? new ArrayList<>(2) : marks;
                marks.add(new Mark(spot.ip(), objection));
            }
        }
        return marks;
    }

    private String kept(Claim claim, List<Mark> marks) {
        StringBuilder text = new StringBuilder("; kept although ");
        int start = text.length();
        for (Spot spot : claim.picked()) {
            for (Mark mark : marks) {
                if (mark.ip().equals(spot.ip())) {
                    text.append(text.length() > start ? ", " : "")
                            .append(standing.words(spot, claim.service(), mark.reason()));
                }
            }
        }
        return text.toString();
    }

    private static List<Ip> own(Claim claim) {
        List<Spot> picked = claim.picked();
        return switch (picked.size()) {
            case 0 -> List.of();
            case 1 -> List.of(picked.getFirst().ip());
            default -> picked.stream().map(Spot::ip).toList();
        };
    }

    private static String pool(Spot spot) {
        LedgerEntry.Held held = spot.held();
        return held == null ? "" : held.pool();
    }

    private static String fromPools(Claim claim) {
        StringBuilder text = new StringBuilder();
        for (Spot spot : claim.picked()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(spot.ip())
                    .append(" from pool ")
                    .append(pool(spot));
        }
        return text.toString();
    }

    static Decision.NotOurs notOurs(ServiceView service) {
        return service.loadBalancer()
                ? new Decision.NotOurs(
                        service.key(),
                        AllocationReason.OTHER_CLASS,
                        "the load balancer class "
                                + Words.cut(service.loadBalancerClass().orElse("")) + " is another controller's")
                : new Decision.NotOurs(
                        service.key(), AllocationReason.NOT_A_LOAD_BALANCER, "the type is not LoadBalancer");
    }

    /** Takes out of a status what is ours; of a Service of another class, what others wrote stays. */
    StatusChange cleared(Claim claim, Decision.NotOurs decision) {
        ServiceView service = claim.service();
        List<Ip> left = service.loadBalancer()
                ? service.ingress().stream().filter(ip -> !isOurs(claim, ip)).toList()
                : List.of();
        return new StatusChange(
                service.key(),
                service.uid(),
                service.resourceVersion(),
                left.size() == service.ingress().size() ? Optional.empty() : Optional.of(left),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.of(new StatusChange.Note(
                        false, decision.reason().word(), "addresses given back: " + decision.message())));
    }

    /** Whether Clarion wrote the address: the ledger says so or, if it was lost there, our mark on the status and our pools. */
    private boolean isOurs(Claim claim, Ip ip) {
        boolean marked =
                claim.service().allocatedFrom().filter(from -> !from.isEmpty()).isPresent();
        return claim.holds(ip) || (marked && standing.isInPool(ip));
    }

    /**
     * What to write, if the stored status says anything else.
     *
     * @param needs the shards that must have been written before; further ones are added
     */
    Optional<StatusChange> status(Claim claim, Decision decision, Set<ShardId> needs) {
        ServiceView service = claim.service();
        boolean allocated = switch (decision) {
            case Decision.Assigned assigned -> true;
            case Decision.Adopted adopted -> true;
            case Decision.Kept kept -> true;
            case Decision.KeptMarked kept -> true;
            case Decision.Waiting waiting -> false;
            case Decision.Foreign foreign -> false;
            case Decision.NotOurs notOurs -> false;
        };
        if (service.deleting()) {
            return Optional.empty();
        }
        Optional<List<Ip>> ingress = ingress(claim);
        Optional<String> from = allocatedFrom(claim);
        Optional<Condition> before = service.condition().filter(stored -> stored.allocated() == allocated);
        boolean told = before.isPresent()
                && before.get().reason().equals(decision.reason().word())
                && before.get().message().equals(decision.message());
        if (told
                && before.get().observedGeneration() == service.generation()
                && ingress.isEmpty()
                && from.equals(service.allocatedFrom())) {
            return Optional.empty();
        }
        Condition condition = new Condition(
                allocated,
                decision.reason().word(),
                decision.message(),
                service.generation(),
                before.map(Condition::since).orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS)));
        Optional<StatusChange.Note> note = told
                ? Optional.empty()
                : Optional.of(new StatusChange.Note(!allocated, condition.reason(), condition.message()));
        ingress.ifPresent(shown -> prove(claim, shown, needs));
        return Optional.of(new StatusChange(
                service.key(),
                service.uid(),
                service.resourceVersion(),
                ingress,
                Optional.of(condition),
                from,
                needs,
                note));
    }

    /** What is taken away for nothing in its place must be taken on a reading of the ledger that is not outdated. */
    private static void prove(Claim claim, List<Ip> shown, Set<ShardId> needs) {
        for (Ip ip : claim.service().ingress()) {
            if (claim.families().contains(ip.family())
                    && shown.stream().noneMatch(other -> other.family() == ip.family())) {
                needs.add(ShardId.of(ip));
            }
        }
    }

    /** The addresses to show, if they are not those that are shown. */
    private static Optional<List<Ip>> ingress(Claim claim) {
        ServiceView service = claim.service();
        if (claim.isServedByName()) {
            return Optional.empty();
        }
        List<Ip> shown = own(claim);
        if (!claim.foreign().isEmpty()) {
            shown = new ArrayList<>(shown);
            shown.addAll(claim.foreign().keySet());
        }
        List<Ip> stored = service.ingress();
        boolean same = !service.otherIngress()
                && (shown.equals(stored)
                        || (shown.size() == stored.size() && new HashSet<>(shown).equals(new HashSet<>(stored))));
        return same ? Optional.empty() : Optional.of(shown);
    }

    private static Optional<String> allocatedFrom(Claim claim) {
        List<Spot> picked = claim.picked();
        if (picked.isEmpty()) {
            return Optional.empty();
        }
        if (picked.size() == 1) {
            return Optional.of(pool(picked.getFirst()));
        }
        Set<String> names = new LinkedHashSet<>();
        picked.forEach(spot -> names.add(pool(spot)));
        return Optional.of(String.join(",", names));
    }
}
