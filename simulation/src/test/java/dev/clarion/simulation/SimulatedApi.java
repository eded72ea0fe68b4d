package dev.clarion.simulation;

import dev.clarion.allocation.Ledger;
import dev.clarion.allocation.LedgerCodec;
import dev.clarion.allocation.LedgerEntry;
import dev.clarion.allocation.Release;
import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.ServiceView;
import dev.clarion.allocation.ServiceViewBuilder;
import dev.clarion.allocation.ShardChange;
import dev.clarion.allocation.ShardId;
import dev.clarion.allocation.StatusChange;
import dev.clarion.net.Ip;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is stored: Services and the shards of the ledger, each with a version, as the API server keeps them. The ledger
 * goes through its codec both ways, as text.
 */
final class SimulatedApi {
    private final Map<ServiceKey, ServiceView> services = new TreeMap<>();
    private final Map<ShardId, Ledger.Shard> shards = new TreeMap<>();
    private final Set<Fault> faults;
    private BiConsumer<ServiceView, ServiceView> onPatch = (before, after) -> {};
    private int version;

    SimulatedApi(Set<Fault> faults) {
        this.faults = faults;
    }

    /** Has every patch of a status by a controller looked at: the Service before and after. */
    void onPatch(BiConsumer<ServiceView, ServiceView> listener) {
        onPatch = listener;
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

    Ledger ledger() {
        return Ledger.of(shards.values());
    }

    Optional<LedgerEntry> entry(Ip ip) {
        return Optional.ofNullable(shards.get(ShardId.of(ip)))
                .map(shard -> shard.entries().get(ip));
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
        return Optional.of(
                store(change.id(), LedgerCodec.write(change.content(confirmed).values())));
    }

    private Ledger.Shard store(ShardId id, Map<String, String> data) {
        Ledger.Shard now = LedgerCodec.read(id, next(), data).shard();
        shards.put(id, now);
        return now;
    }

    /** Somebody edits the ledger by hand: gets the text of a shard, gives another; an empty one deletes the object. */
    void editLedger(ShardId id, UnaryOperator<SortedMap<String, String>> edit) {
        Ledger.@Nullable Shard stored = shards.get(id);
        if (stored != null) {
            SortedMap<String, String> data =
                    edit.apply(LedgerCodec.write(stored.entries().values()));
            if (data.isEmpty()) {
                shards.remove(id);
                version++;
            } else {
                store(id, data);
            }
        }
    }

    /** The Service as stored, if the change was made on what is stored; else empty. */
    Optional<ServiceView> patch(StatusChange change) {
        @Nullable ServiceView stored = services.get(change.service());
        boolean same = stored != null
                && stored.uid().equals(change.uid())
                && (stored.resourceVersion().equals(change.resourceVersion())
                        || faults.contains(Fault.NO_STATUS_VERSION));
        if (stored == null || !same) {
            return Optional.empty();
        }
        ServiceView after = stored.after(change, next());
        services.put(stored.key(), after);
        onPatch.accept(stored, after);
        return Optional.of(after);
    }

    void create(ServiceKey key, UnaryOperator<ServiceViewBuilder> describe) {
        String stamp = next();
        services.put(
                key,
                describe.apply(ServiceView.builder(key, "uid-" + stamp, stamp)).build());
    }

    void delete(ServiceKey key) {
        services.remove(key);
    }

    void change(ServiceKey key, UnaryOperator<ServiceViewBuilder> change) {
        services.computeIfPresent(
                key,
                (same, service) -> change.apply(service.toBuilder().resourceVersion(next()))
                        .build());
    }

    /** The API server itself wipes {@code status.loadBalancer} of a Service that is no load balancer. */
    void flipType(ServiceKey key) {
        @Nullable ServiceView service = services.get(key);
        if (service != null) {
            change(
                    key,
                    builder -> builder.loadBalancer(!service.loadBalancer())
                            .loadBalancerClass(Optional.empty())
                            .ingress(List.of()));
        }
    }
}
