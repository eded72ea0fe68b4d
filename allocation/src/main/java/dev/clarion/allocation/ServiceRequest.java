package dev.clarion.allocation;

import dev.clarion.config.ServiceAnnotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that the annotations of a Service and {@code spec.loadBalancerIP} ask for.
 *
 * @param addresses the pool and the addresses
 * @param sharingKey the key under which it shares an address with others
 * @param sharingNamespaces the other namespaces with which it does
 * @param deprecated the keys and fields it uses that have a successor
 */
public record ServiceRequest(
        AddressRequest addresses,
        Optional<String> sharingKey,
        List<String> sharingNamespaces,
        List<String> deprecated) {
    public ServiceRequest {
        sharingNamespaces = List.copyOf(sharingNamespaces);
        deprecated = List.copyOf(deprecated);
    }

    private static final List<ServiceAnnotation> ASKING = List.of(
            ServiceAnnotation.ADDRESS_POOL,
            ServiceAnnotation.ADDRESSES,
            ServiceAnnotation.SHARING_KEY,
            ServiceAnnotation.SHARING_NAMESPACES);

    private static final int LONGEST = 253;
    private static final int MOST_NAMESPACES = 64;

    /** Nothing in particular. */
    public static final ServiceRequest NONE =
            new ServiceRequest(AddressRequest.ANY, Optional.empty(), List.of(), List.of());

    /** Reads what a Service asks for. */
    public static ServiceRequest of(Map<String, String> annotations, Optional<String> loadBalancerIp) {
        Optional<String> field = loadBalancerIp.filter(text -> !text.isBlank());
        if (annotations.isEmpty() && field.isEmpty()) {
            return NONE;
        }
        List<String> deprecated = new ArrayList<>();
        for (ServiceAnnotation annotation : ASKING) {
            key(annotation, annotations).filter(ServiceAnnotation::isDeprecated).ifPresent(deprecated::add);
        }
        if (field.isPresent()) {
            deprecated.add(AddressRequest.FIELD);
        }
        Optional<String> key = value(ServiceAnnotation.SHARING_KEY, annotations);
        List<String> namespaces = value(ServiceAnnotation.SHARING_NAMESPACES, annotations)
                .map(ServiceRequest::names)
                .orElse(List.of());
        Optional<String> excess = excess(key, namespaces);
        if (excess.isPresent()) {
            return new ServiceRequest(
                    new AddressRequest.Unreadable(excess.get()), Optional.empty(), List.of(), deprecated);
        }
        return new ServiceRequest(AddressRequest.of(annotations, field), key, namespaces, deprecated);
    }

    /** The terms of sharing stand in the ledger, where room is limited and shared by all. */
    private static Optional<String> excess(Optional<String> key, List<String> namespaces) {
        if (key.isPresent() && key.get().length() > LONGEST) {
            return Optional.of("the sharing key is longer than " + LONGEST + " characters");
        }
        return namespaces.size() > MOST_NAMESPACES || namespaces.stream().anyMatch(name -> name.length() > LONGEST)
                ? Optional.of(ServiceAnnotation.SHARING_NAMESPACES.key() + " names more than " + MOST_NAMESPACES
                        + " namespaces, or one that is longer than " + LONGEST + " characters")
                : Optional.empty();
    }

    /** The key that counts: of those that are there and say something, the earliest. */
    static Optional<String> key(ServiceAnnotation annotation, Map<String, String> annotations) {
        for (String key : annotation.keys()) {
            if (!annotations.getOrDefault(key, "").isBlank()) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    static Optional<String> value(ServiceAnnotation annotation, Map<String, String> annotations) {
        return key(annotation, annotations)
                .map(key -> annotations.getOrDefault(key, "").strip());
    }

    private static List<String> names(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * On what terms the Service shares its address; empty if it has no key.
     *
     * @param ports on which it is to be reached
     * @param local whether {@code externalTrafficPolicy} is Local
     * @param selector its Pod selector
     */
    public Optional<SharingTerms> terms(List<ServicePort> ports, boolean local, Map<String, String> selector) {
        String backend = local
                ? new TreeMap<>(selector)
                        .entrySet().stream()
                                .map(label -> label.getKey() + "=" + label.getValue())
                                .collect(Collectors.joining(","))
                : "";
        return sharingKey.map(key -> new SharingTerms(key, ports, backend, sharingNamespaces));
    }
}
