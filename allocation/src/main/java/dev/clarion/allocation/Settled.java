package dev.clarion.allocation;

import dev.clarion.config.Config;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those Services about which a plan found nothing to do, so that the next one need not look at them again: of a cluster
 * nearly all. What is found for one that shares with nobody and asks for nothing in particular depends on itself, on what
 * the ledger has under its name and on the configuration; while these stay, so does the finding.
 */
final class Settled {
    private final Config config;
    private final String ourClass;
    private final Map<String, Map<String, String>> namespaces;
    private final boolean metalLbPresent;
    private final Map<ServiceView, Finding> findings;

    /**
     * What was found.
     *
     * @param entries what the ledger has under its name, in order of addresses: all of it is what the Service is to have
     * @param decision that it keeps that
     */
    record Finding(List<LedgerEntry.Held> entries, Decision decision) {}

    private Settled(ClusterView view, Map<ServiceView, Finding> findings) {
        this.config = view.config();
        this.ourClass = view.ourClass();
        this.namespaces = view.namespaces();
        this.metalLbPresent = view.metalLbPresent();
        this.findings = findings;
    }

    /** Nothing found yet. */
    static Settled none(ClusterView view) {
        // By identity: the same object cannot have changed, and nothing needs to be compared.
        return new Settled(view, new IdentityHashMap<>(view.services().size()));
    }

    /** Whether what was found still counts in this cluster. */
    boolean countsIn(ClusterView view) {
        return config.equals(view.config())
                && ourClass.equals(view.ourClass())
                && namespaces.equals(view.namespaces())
                && metalLbPresent == view.metalLbPresent();
    }

    @Nullable
    Finding of(ServiceView service) {
        return findings.get(service);
    }

    void add(ServiceView service, Finding finding) {
        findings.put(service, finding);
    }

    /** Notes a Service whose status says all there is to say, if nothing else can change what is decided for it. */
    void look(Claim claim, Decision decision) {
        boolean plain = decision instanceof Decision.Kept
                && decision.reason() == AllocationReason.ALLOCATED
                && claim.service().request().equals(AddressRequest.ANY)
                && !claim.service().families().isEmpty();
        if (!plain) {
            return;
        }
        List<LedgerEntry.Held> entries = new ArrayList<>(claim.held().size());
        for (Claim.Holding holding : claim.held()) {
            Spot spot = holding.spot();
            LedgerEntry.Held held = spot.held();
            boolean quiet = held != null
                    && held.holders().size() == 1
                    && claim.picks(spot)
                    && spot.put().isEmpty()
                    && spot.releases().isEmpty();
            if (!quiet) {
                return;
            }
            entries.add(held);
        }
        findings.put(claim.service(), new Finding(List.copyOf(entries), decision));
    }
}
