package dev.clarion.simulation;

import dev.clarion.allocation.AddressRequest;
import dev.clarion.allocation.FamilyPolicy;
import dev.clarion.allocation.Ledger;
import dev.clarion.allocation.LedgerEntry;
import dev.clarion.allocation.Release;
import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.ServiceView;
import dev.clarion.allocation.ShardChange;
import dev.clarion.allocation.ShardId;
import dev.clarion.allocation.StatusChange;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is stored: Services and the shards of the ledger, each with a version, as the API server keeps them. */
final class SimulatedApi {
    private final Map<ServiceKey, ServiceView> services = new TreeMap<>();
    private final Map<ShardId, Ledger.Shard> shards = new TreeMap<>();
    private final Set<Fault> faults;
    private int version;

    SimulatedApi(Set<Fault> faults) {
        this.faults = faults;
    }

    Map<ServiceKey, ServiceView> services() {
        return Map.copyOf(services);
    }

    Collection<ServiceView> inOrder() {
        return services.values();
    }

    Map<ShardId, Ledger.Shard> shards() {
        return Map.copyOf(shards);
    }

    Optional<LedgerEntry> entry(Ip ip) {
        return Ledger.of(shards.values()).entry(ip);
    }

    private String next() {
        version++;
        return Integer.toString(version);
    }

    Optional<Release.Fresh> read(ServiceKey key) {
        return Optional.ofNullable(services.get(key))
                .map(service -> new Release.Fresh(service.uid(), service.resourceVersion()));
    }

    /** The shard as stored, if the change was made on what is stored; else empty. */
    Optional<Ledger.Shard> swap(ShardChange change, Predicate<Release> confirmed) {
        Ledger.@Nullable Shard stored = shards.get(change.id());
        Optional<String> current = Optional.ofNullable(stored).flatMap(Ledger.Shard::version);
        if (!current.equals(change.base().version()) && !faults.contains(Fault.NO_SWAP)) {
            return Optional.empty();
        }
        Ledger.Shard now = new Ledger.Shard(change.id(), Optional.of(next()), change.content(confirmed));
        shards.put(change.id(), now);
        return Optional.of(now);
    }

    boolean patch(StatusChange change) {
        ServiceView stored = services.get(change.service());
        boolean same = stored != null
                && stored.uid().equals(change.uid())
                && (stored.resourceVersion().equals(change.resourceVersion())
                        || faults.contains(Fault.NO_STATUS_VERSION));
        if (stored == null || !same) {
            return false;
        }
        services.put(stored.key(), stored.after(change, next()));
        return true;
    }

    void create(ServiceKey key, FamilyPolicy policy, List<IpFamily> families, AddressRequest request, Instant now) {
        String stamp = next();
        services.put(
                key,
                new ServiceView(
                        key,
                        "uid-" + stamp,
                        stamp,
                        0,
                        now,
                        false,
                        true,
                        Optional.empty(),
                        families,
                        policy,
                        request,
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.empty()));
    }

    void delete(ServiceKey key) {
        services.remove(key);
    }

    void ask(ServiceKey key, AddressRequest request) {
        change(key, service -> copy(service, service.loadBalancer(), request, service.ingress()));
    }

    /** The API server itself wipes {@code status.loadBalancer} of a Service that is no load balancer. */
    void flipType(ServiceKey key) {
        change(key, service -> copy(service, !service.loadBalancer(), service.request(), List.of()));
    }

    void wipeStatus(ServiceKey key) {
        change(key, service -> copy(service, service.loadBalancer(), service.request(), List.of()));
    }

    private void change(ServiceKey key, java.util.function.UnaryOperator<ServiceView> change) {
        services.computeIfPresent(key, (same, service) -> change.apply(service));
    }

    private ServiceView copy(ServiceView service, boolean loadBalancer, AddressRequest request, List<Ip> ingress) {
        return new ServiceView(
                service.key(),
                service.uid(),
                next(),
                service.generation(),
                service.created(),
                service.deleting(),
                loadBalancer,
                service.loadBalancerClass(),
                service.families(),
                service.policy(),
                request,
                ingress,
                service.otherIngress(),
                service.condition(),
                service.allocatedFrom());
    }
}
