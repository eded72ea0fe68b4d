package dev.clarion.announcement;

import dev.clarion.config.Config;
import dev.clarion.config.IpAddressPool;
import dev.clarion.config.Names;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An address together with the Services that have it.
 *
 * @param address the address
 * @param services all Services that show it in their status, sorted
 * @param ours those among them that are Clarion's to announce
 * @param pool the pool that holds the address, else the one that the controller noted for it
 */
record AddressEntry(Ip address, List<ServiceView> services, List<ServiceView> ours, Optional<String> pool) {

    /** All addresses of all Services of the view, in order. */
    static SortedMap<Ip, AddressEntry> collect(NodeView view) {
        SortedMap<Ip, List<ServiceView>> byAddress = new TreeMap<>();
        view.services().stream().sorted(Comparator.comparing(ServiceView::key)).forEach(service -> {
            service.addresses().stream()
                    .distinct()
                    .forEach(address -> byAddress
                            .computeIfAbsent(address, a -> new ArrayList<>(1))
                            .add(service));
        });
        SortedMap<Ip, AddressEntry> entries = new TreeMap<>();
        byAddress.forEach((address, services) -> {
            List<ServiceView> ours =
                    services.stream().filter(AddressEntry::isOurs).toList();
            entries.put(address, new AddressEntry(address, services, ours, poolOf(address, ours, view.config())));
        });
        return entries;
    }

    /** Without a class it is ours once the controller says so: two products must not answer for one address. */
    static boolean isOurs(ServiceView service) {
        return service.loadBalancerClass()
                .map(Names.LOAD_BALANCER_CLASS::equals)
                .orElse(service.allocatedFrom().isPresent());
    }

    private static Optional<String> poolOf(Ip address, List<ServiceView> ours, Config config) {
        return config.poolOf(address)
                .map(IpAddressPool::name)
                .or(() -> ours.stream()
                        .flatMap(service -> service.allocatedFrom().stream())
                        .findFirst());
    }

    /** Whether all nodes serve the same of it. */
    boolean servedAlike() {
        for (ServiceView service : ours) {
            if (service.trafficPolicy() != TrafficPolicy.CLUSTER) {
                return false;
            }
        }
        return true;
    }

    /** How many of the Services this node serves if their traffic arrives there. */
    int servedOn(String node) {
        int served = 0;
        for (ServiceView service : ours) {
            if (service.servedOn(node)) {
                served++;
            }
        }
        return served;
    }

    /** The same, of endpoints that are there to stay. */
    int stayingOn(String node) {
        int staying = 0;
        for (ServiceView service : ours) {
            if (service.staysOn(node)) {
                staying++;
            }
        }
        return staying;
    }

    /** How many endpoints of its own this node serves the address by; 0 where all nodes serve it alike. */
    int endpointsOn(String node) {
        return ours.stream().mapToInt(service -> service.endpointsOn(node)).sum();
    }

    /** What keeps every node from announcing the address, whatever the protocol; ANNOUNCED when nothing does. */
    AnnouncementReason obstacle() {
        if (ours.isEmpty()) {
            return services.stream()
                            .anyMatch(service -> service.loadBalancerClass().isEmpty())
                    ? AnnouncementReason.NOT_TAKEN_ON
                    : AnnouncementReason.NOT_OUR_CLASS;
        }
        return pool.isEmpty() ? AnnouncementReason.ADDRESS_NOT_IN_POOL : AnnouncementReason.ANNOUNCED;
    }

    boolean hasEndpoint() {
        return ours.stream().anyMatch(service -> service.endpoints().any());
    }

    List<ServiceKey> serviceKeys() {
        return services.stream().map(ServiceView::key).toList();
    }
}
