package dev.clarion.allocation;

import dev.clarion.config.Reservation;
import dev.clarion.net.Ip;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which addresses are for one Service only. */
final class Reservations {
    private final Map<Ip, ServiceKey> owners = new HashMap<>();
    private final Map<ServiceKey, List<Ip>> addresses = new HashMap<>();

    Reservations(List<Reservation> reservations) {
        for (Reservation reservation : reservations) {
            ServiceKey owner = new ServiceKey(reservation.namespace(), reservation.service());
            reservation.addresses().forEach(ip -> owners.putIfAbsent(ip, owner));
            addresses.merge(
                    owner,
                    reservation.addresses(),
                    (some, more) -> java.util.stream.Stream.concat(some.stream(), more.stream())
                            .toList());
        }
    }

    /** For whom the address is, if it is for somebody else. */
    Optional<ServiceKey> other(Ip ip, ServiceKey service) {
        ServiceKey owner = owners.get(ip);
        return owner == null || owner.equals(service) ? Optional.empty() : Optional.of(owner);
    }

    boolean isFor(Ip ip, ServiceKey service) {
        return service.equals(owners.get(ip));
    }

    /** What is for this Service, in the order written. */
    List<Ip> of(ServiceKey service) {
        return addresses.getOrDefault(service, List.of());
    }
}
