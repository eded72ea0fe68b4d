package dev.clarion.config;

import dev.clarion.net.Ip;
import java.util.List;

/**
 * Addresses that only one Service may have. It gets them before any others when it asks for nothing in particular.
 *
 * @param name unique among reservations
 * @param addresses the addresses, in no other reservation
 * @param namespace the Service's namespace
 * @param service the Service's name
 */
public record Reservation(String name, List<Ip> addresses, String namespace, String service) implements ConfigEntry {

    public Reservation {
        addresses = List.copyOf(addresses);
    }

    @Override
    public Section section() {
        return Section.RESERVATIONS;
    }
}
