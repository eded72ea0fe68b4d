package dev.clarion.allocation;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Service while a plan is being made: what it holds, what it is to have, and what stands in the way. */
final class Claim {
    private final ServiceView service;
    private final List<LedgerEntry> held;
    private final Map<IpFamily, LedgerEntry> picked = new EnumMap<>(IpFamily.class);
    private final Map<Ip, Trouble> foreign = new LinkedHashMap<>();
    private final List<Ip> added = new ArrayList<>();
    private final List<Ip> adopted = new ArrayList<>();
    private Optional<Trouble> trouble = Optional.empty();

    /**
     * What stands in the way.
     *
     * @param reason of which kind
     * @param message a sentence
     * @param refusals what pools said, if they were asked
     */
    record Trouble(AllocationReason reason, String message, List<PoolRefusal> refusals) {
        Trouble(AllocationReason reason, String message) {
            this(reason, message, List.of());
        }
    }

    /** @param held the entries of the ledger that name this very Service */
    Claim(ServiceView service, List<LedgerEntry> held) {
        this.service = service;
        this.held = held;
        for (IpFamily family : families()) {
            held.stream()
                    .filter(entry -> entry.ip().family() == family)
                    .min(bestFirst())
                    .ifPresent(entry -> picked.put(family, entry));
        }
    }

    /** Of two addresses of one family, the one asked for; else the one in use; else the one held longest. */
    private Comparator<LedgerEntry> bestFirst() {
        Comparator<LedgerEntry> asked = switch (service.request()) {
            case AddressRequest.Unreadable unreadable -> Comparator.comparingInt(entry -> 0);
            case AddressRequest.Asked(Optional<String> pool, List<Ip> addresses) ->
                Comparator.comparing((LedgerEntry entry) -> !addresses.contains(entry.ip()))
                        .thenComparing(entry -> !pool.equals(Optional.of(entry.pool())));
        };
        return asked.thenComparing(entry -> !service.ingress().contains(entry.ip()))
                .thenComparing(LedgerEntry::since)
                .thenComparing(LedgerEntry::ip);
    }

    ServiceView service() {
        return service;
    }

    List<LedgerEntry> held() {
        return held;
    }

    /** The families it is to have; while its cluster IPs are not known, those it has. */
    List<IpFamily> families() {
        return service.families().isEmpty()
                ? held.stream()
                        .map(entry -> entry.ip().family())
                        .distinct()
                        .sorted()
                        .toList()
                : service.wanted();
    }

    Optional<LedgerEntry> picked(IpFamily family) {
        return Optional.ofNullable(picked.get(family));
    }

    /** What it is to have, primary family first. */
    List<LedgerEntry> picked() {
        return families().stream().flatMap(family -> picked(family).stream()).toList();
    }

    void replace(LedgerEntry entry) {
        picked.put(entry.ip().family(), entry);
    }

    void add(LedgerEntry entry) {
        replace(entry);
        added.add(entry.ip());
    }

    void adopt(LedgerEntry entry) {
        replace(entry);
        adopted.add(entry.ip());
    }

    List<Ip> added() {
        return added;
    }

    List<Ip> adopted() {
        return adopted;
    }

    /** Marks an address that others wrote into the status and that cannot become the Service's own. */
    void leave(Ip ip, Trouble why) {
        foreign.put(ip, why);
    }

    Map<Ip, Trouble> foreign() {
        return foreign;
    }

    boolean hasForeign(IpFamily family) {
        return foreign.keySet().stream().anyMatch(ip -> ip.family() == family);
    }

    /** Whether its status holds something other than addresses while nothing is known to be its own. */
    boolean isServedByName() {
        return service.otherIngress() && picked.isEmpty();
    }

    void fail(Trouble why) {
        trouble = Optional.of(why);
    }

    Optional<Trouble> trouble() {
        return trouble;
    }

    /** Whether a family that it must have is missing. */
    boolean lacks() {
        return (picked.isEmpty() && foreign.isEmpty())
                || families().stream()
                        .anyMatch(family ->
                                service.mustHave(family) && !picked.containsKey(family) && !hasForeign(family));
    }
}
