package dev.clarion.allocation;

import dev.clarion.allocation.Claim.Trouble;
import dev.clarion.net.Ip;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts what was found for one Service into words: the decision, and what its status is to say. */
final class Verdict {
    private final Claim claim;
    private final ServiceView service;
    private final Pools pools;
    private final List<Ip> own;
    private final Decision decision;

    Verdict(Claim claim, Pools pools) {
        this.claim = claim;
        this.service = claim.service();
        this.pools = pools;
        this.own = claim.picked().stream().map(LedgerEntry::ip).toList();
        this.decision = decide();
    }

    Decision decision() {
        return decision;
    }

    private Decision decide() {
        ServiceKey key = service.key();
        Optional<Decision> foreign = foreign();
        if (foreign.isPresent()) {
            return foreign.get();
        }
        Trouble trouble = claim.trouble().orElseGet(() -> new Trouble(AllocationReason.ALLOCATED, fromPools()));
        if (claim.lacks()) {
            boolean deleting = service.deleting() && claim.trouble().isEmpty();
            return deleting
                    ? new Decision.NotOurs(key, AllocationReason.BEING_DELETED, "the Service is being deleted")
                    : new Decision.Waiting(key, trouble.reason(), trouble.message(), own, trouble.refusals());
        }
        if (claim.trouble().isPresent()) {
            boolean partly = own.size() < claim.families().size();
            AllocationReason reason = partly ? AllocationReason.ALLOCATED_ONE_FAMILY : AllocationReason.REQUEST_NOT_MET;
            return having(reason, fromPools() + "; " + trouble.message());
        }
        List<Ip> outside = own.stream().filter(ip -> pools.of(ip).isEmpty()).toList();
        if (!outside.isEmpty()) {
            return new Decision.KeptOutsidePool(
                    key,
                    AllocationReason.ADDRESS_OUTSIDE_POOLS,
                    fromPools() + "; kept although in no pool: " + Words.list(outside),
                    own,
                    outside);
        }
        return having(AllocationReason.ALLOCATED, fromPools());
    }

    private Decision having(AllocationReason reason, String message) {
        ServiceKey key = service.key();
        if (!claim.added().isEmpty()) {
            return new Decision.Assigned(key, reason, message, own, List.copyOf(claim.added()));
        }
        if (!claim.adopted().isEmpty()) {
            return new Decision.Adopted(key, reason, message, own, List.copyOf(claim.adopted()));
        }
        return new Decision.Kept(key, reason, message, own);
    }

    private Optional<Decision> foreign() {
        if (claim.isServedByName()) {
            return Optional.of(new Decision.Foreign(
                    service.key(),
                    AllocationReason.STATUS_NOT_AN_ADDRESS,
                    "the status, not written by Clarion, holds something that is not an address; it is left alone"));
        }
        return claim.foreign().values().stream()
                .findFirst()
                .map(trouble -> new Decision.Foreign(service.key(), trouble.reason(), trouble.message()));
    }

    private String fromPools() {
        return claim.picked().stream()
                .map(entry -> entry.ip() + " from pool " + entry.pool())
                .collect(Collectors.joining(", "));
    }

    /** What to write, if the stored status says anything else; the shards it needs come from the caller. */
    Optional<StatusChange> status(Instant now, Set<ShardId> needs) {
        boolean allocated = switch (decision) {
            case Decision.Assigned assigned -> true;
            case Decision.Adopted adopted -> true;
            case Decision.Kept kept -> true;
            case Decision.KeptOutsidePool kept -> true;
            case Decision.Waiting waiting -> false;
            case Decision.Foreign foreign -> false;
            case Decision.NotOurs notOurs -> false;
        };
        if (service.deleting()) {
            return Optional.empty();
        }
        Condition condition = new Condition(
                allocated,
                decision.reason().word(),
                decision.message(),
                service.generation(),
                service.condition()
                        .filter(stored -> stored.allocated() == allocated)
                        .map(Condition::since)
                        .orElse(now.truncatedTo(ChronoUnit.SECONDS)));
        Optional<List<Ip>> ingress = ingress();
        Optional<String> from = allocatedFrom();
        boolean told = service.condition().map(condition::saysTheSameAs).orElse(false);
        if (ingress.isEmpty() && told && from.equals(service.allocatedFrom())) {
            return Optional.empty();
        }
        return Optional.of(new StatusChange(
                service.key(),
                service.uid(),
                service.resourceVersion(),
                ingress,
                Optional.of(condition),
                from,
                needs,
                note(condition)));
    }

    private Optional<StatusChange.Note> note(Condition condition) {
        boolean known = service.condition()
                .map(stored -> stored.reason().equals(condition.reason())
                        && stored.message().equals(condition.message()))
                .orElse(false);
        return known
                ? Optional.empty()
                : Optional.of(new StatusChange.Note(!condition.allocated(), condition.reason(), condition.message()));
    }

    /** The addresses to show, if they are not those that are shown. */
    private Optional<List<Ip>> ingress() {
        if (claim.isServedByName()) {
            return Optional.empty();
        }
        List<Ip> shown =
                Stream.concat(own.stream(), claim.foreign().keySet().stream()).toList();
        boolean same = new HashSet<>(shown).equals(new HashSet<>(service.ingress())) && !service.otherIngress();
        return same ? Optional.empty() : Optional.of(shown);
    }

    private Optional<String> allocatedFrom() {
        Set<String> names =
                claim.picked().stream().map(LedgerEntry::pool).collect(Collectors.toCollection(LinkedHashSet::new));
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(",", names));
    }
}
