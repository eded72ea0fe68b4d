package dev.clarion.allocation;

import dev.clarion.config.ServiceAnnotation;
import dev.clarion.net.AddressSyntaxException;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a Service asks for by its annotations and by {@code spec.loadBalancerIP}. */
public sealed interface AddressRequest {
    /** The field of a Service that asked for an address before there were annotations for it. */
    String FIELD = "spec.loadBalancerIP";

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
        Optional<String> pool = ServiceRequest.value(ServiceAnnotation.ADDRESS_POOL, annotations);
        Optional<String> key = ServiceRequest.key(ServiceAnnotation.ADDRESSES, annotations);
        Optional<String> field = loadBalancerIp.map(String::strip).filter(text -> !text.isEmpty());
        if (key.isEmpty() && field.isEmpty()) {
            return pool.isEmpty() ? ANY : new Asked(pool, List.of());
        }
        String source = key.orElse(FIELD);
        String text = key.map(present -> annotations.getOrDefault(present, ""))
                .or(() -> field)
                .orElse("");
        AddressRequest request = read(source, text, pool);
        if (key.isPresent() && field.isPresent() && !sameAddress(request, field.get())) {
            return new Unreadable("the annotation " + source + " (" + Words.cut(text.strip()) + ") and " + FIELD + " ("
                    + Words.cut(field.get()) + ") disagree; keep one of them");
        }
        return request;
    }

    private static AddressRequest read(String source, String text, Optional<String> pool) {
        List<Ip> addresses = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Ip ip;
            try {
                ip = Ip.parse(part.strip());
            } catch (AddressSyntaxException bad) {
                return new Unreadable(source + ": \"" + Words.cut(part.strip()) + "\": "
                        + Words.cut(String.valueOf(bad.getMessage())));
            }
            if (addresses.stream().anyMatch(earlier -> earlier.family() == ip.family())) {
                return new Unreadable(source + " names more than one address of a family: " + Words.cut(text.strip()));
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
