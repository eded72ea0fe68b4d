package dev.clarion.allocation;

import dev.clarion.config.Names;
import dev.clarion.net.AddressSyntaxException;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a Service asks for by its annotations and by {@code spec.loadBalancerIP}. */
public sealed interface AddressRequest {
    /** The annotations that name a pool; the first one present counts. */
    List<String> POOL_ANNOTATIONS =
            List.of(Names.POOL_ANNOTATION, "metallb.io/address-pool", "metallb.universe.tf/address-pool");

    /** The annotations that name addresses; the first one present counts. */
    List<String> ADDRESS_ANNOTATIONS =
            List.of(Names.ADDRESSES_ANNOTATION, "metallb.io/loadBalancerIPs", "metallb.universe.tf/loadBalancerIPs");

    /**
     * Readable, and empty where nothing is asked for.
     *
     * @param pool the one pool to take addresses from
     * @param addresses the very addresses to take, at most one of a family
     */
    record Asked(Optional<String> pool, List<Ip> addresses) implements AddressRequest {
        public Asked {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Not to be understood. The Service gets no new address, so that it never gets another than the one meant.
     *
     * @param problem a sentence that names the annotation or field and what is wrong
     */
    record Unreadable(String problem) implements AddressRequest {}

    /** Nothing in particular. */
    AddressRequest ANY = new Asked(Optional.empty(), List.of());

    /** Reads the request of a Service from its annotations and {@code spec.loadBalancerIP}. */
    static AddressRequest of(Map<String, String> annotations, Optional<String> loadBalancerIp) {
        Optional<String> pool = first(annotations, POOL_ANNOTATIONS)
                .map(key -> annotations.getOrDefault(key, "").strip());
        Optional<String> key = first(annotations, ADDRESS_ANNOTATIONS);
        Optional<String> field = loadBalancerIp.map(String::strip).filter(text -> !text.isEmpty());
        if (key.isEmpty() && field.isEmpty()) {
            return pool.isEmpty() ? ANY : new Asked(pool, List.of());
        }
        String source = key.orElse("spec.loadBalancerIP");
        String text = key.map(present -> annotations.getOrDefault(present, ""))
                .or(() -> field)
                .orElse("");
        AddressRequest request = read(source, text, pool);
        if (key.isPresent() && field.isPresent() && !sameAddress(request, field.get())) {
            return new Unreadable("the annotation " + source + " (" + text.strip() + ") and spec.loadBalancerIP ("
                    + field.get() + ") disagree; keep one of them");
        }
        return request;
    }

    private static Optional<String> first(Map<String, String> annotations, List<String> keys) {
        return keys.stream()
                .filter(key -> !annotations.getOrDefault(key, "").isBlank())
                .findFirst();
    }

    private static AddressRequest read(String source, String text, Optional<String> pool) {
        List<Ip> addresses = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Ip ip;
            try {
                ip = Ip.parse(part.strip());
            } catch (AddressSyntaxException bad) {
                return new Unreadable(source + ": \"" + part.strip() + "\": " + bad.getMessage());
            }
            if (addresses.stream().anyMatch(earlier -> earlier.family() == ip.family())) {
                return new Unreadable(source + " names more than one address of a family: " + text.strip());
            }
            addresses.add(ip);
        }
        return new Asked(pool, addresses);
    }

    private static boolean sameAddress(AddressRequest request, String field) {
        return switch (request) {
            case Unreadable unreadable -> true;
            case Asked asked ->
                asked.addresses().size() == 1
                        && asked.addresses().getFirst().toString().equals(field);
        };
    }
}
