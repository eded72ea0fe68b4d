package dev.clarion.allocation;

import dev.clarion.config.Config;
import dev.clarion.config.IpAddressPool;
import dev.clarion.config.LabelSelector;
import dev.clarion.config.Reservation;
import dev.clarion.config.ServiceAllocation;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The pools of one configuration: which contains an address, and which a Service may be served from. */
final class Pools {
    private final ClusterView view;
    private final NavigableMap<String, PoolSpace> byName = new TreeMap<>();
    private final List<PoolSpace> inOrder;
    private final Stretch[] stretches;
    private final boolean anyByNamespace;
    /** The labels of Services that any pool asks for. */
    private final List<String> labelsThatMatter;

    private final Map<List<@Nullable String>, PoolChoices> choices = new HashMap<>();

    private record Stretch(IpRange range, PoolSpace pool) {}

    Pools(ClusterView view) {
        this.view = view;
        Config config = view.config();
        List<Stretch> all = new ArrayList<>();
        SortedSet<String> labels = new TreeSet<>();
        boolean byNamespace = !config.quotas().isEmpty();
        for (IpAddressPool pool : config.ipAddressPools()) {
            PoolSpace space = new PoolSpace(pool);
            byName.put(pool.name(), space);
            for (IpRange range : pool.ranges()) {
                all.add(new Stretch(range, space));
            }
            if (pool.serviceAllocation().isPresent()) {
                ServiceAllocation allocation = pool.serviceAllocation().get();
                byNamespace |= !allocation.namespaces().isEmpty()
                        || !allocation.namespaceSelectors().isEmpty();
                allocation.serviceSelectors().forEach(selector -> addLabels(selector, labels));
            }
        }
        all.sort(Comparator.comparing(Stretch::range));
        stretches = all.toArray(Stretch[]::new);
        inOrder = byName.values().stream().sorted(PoolSpace.ORDER).toList();
        anyByNamespace = byNamespace;
        labelsThatMatter = List.copyOf(labels);
        for (Reservation reservation : config.reservations()) {
            for (Ip ip : reservation.addresses()) {
                PoolSpace pool = covering(ip);
                if (pool != null) {
                    pool.reserve(ip);
                }
            }
        }
    }

    private static void addLabels(LabelSelector selector, Collection<String> labels) {
        labels.addAll(selector.matchLabels().keySet());
        selector.matchExpressions().forEach(requirement -> labels.add(requirement.key()));
    }

    /** In order of names. */
    Collection<PoolSpace> all() {
        return byName.values();
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    Optional<PoolSpace> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The pool in whose ranges the address lies, even if it gives it to nobody. */
    @Nullable
    PoolSpace covering(Ip ip) {
        int low = 0;
        int high = stretches.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            IpRange range = stretches[middle].range();
            if (range.last().compareTo(ip) < 0) {
                low = middle + 1;
            } else if (range.first().compareTo(ip) > 0) {
                high = middle - 1;
            } else {
                return stretches[middle].pool();
            }
        }
        return null;
    }

    /** Whether the pool's selectors match the Service. */
    boolean admits(PoolSpace pool, ServiceView service) {
        Optional<ServiceAllocation> allocation = pool.pool().serviceAllocation();
        String namespace = service.key().namespace();
        return allocation.isEmpty() || allocation.get().admits(namespace, view.labelsOf(namespace), service.labels());
    }

    /** The pools that the Service may be served from without asking for one; worked out once for all that are alike. */
    PoolChoices choices(ServiceView service) {
        List<@Nullable String> alike = new ArrayList<>(labelsThatMatter.size() + 1);
        alike.add(anyByNamespace ? service.key().namespace() : "");
        for (String label : labelsThatMatter) {
            alike.add(service.labels().get(label));
        }
        PoolChoices known = choices.get(alike);
        if (known == null) {
            known = new PoolChoices(this, service);
            choices.put(alike, known);
        }
        return known;
    }

    List<PoolSpace> inOrder() {
        return inOrder;
    }
}
