package dev.clarion.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the annotations of a Service can say, each under one key of ours and perhaps two of MetalLB. */
public enum ServiceAnnotation {
    /** The pool that it wants. */
    ADDRESS_POOL("address-pool", "address-pool"),
    /** The addresses that it wants, parted by commas. */
    ADDRESSES("addresses", "loadBalancerIPs"),
    /** Services of one key may share an address. */
    SHARING_KEY("sharing-key", "allow-shared-ip"),
    /** Other namespaces whose Services may share with this one, parted by commas; they must name its own too. */
    SHARING_NAMESPACES("sharing-namespaces"),
    /** Written by the controller: the pool that its address came from. */
    ALLOCATED_FROM("allocated-from", "ip-allocated-from-pool");

    private static final String DEPRECATED = "metallb.universe.tf/";

    private final String ours;
    private final String theirs;

    ServiceAnnotation(String ours) {
        this(ours, "");
    }

    ServiceAnnotation(String ours, String theirs) {
        this.ours = "clarion.dev/" + ours;
        this.theirs = theirs;
    }

    /** Our own key. */
    public String key() {
        return ours;
    }

    /** All keys; of several that are there the earliest counts. */
    public List<String> keys() {
        return theirs.isEmpty() ? List.of(ours) : List.of(ours, "metallb.io/" + theirs, DEPRECATED + theirs);
    }

    /** The key that counts among these annotations, if any is there. */
    public Optional<String> keyIn(Map<String, String> annotations) {
        return keys().stream().filter(annotations::containsKey).findFirst();
    }

    /** Whether MetalLB itself has given the key up for another. */
    public static boolean isDeprecated(String key) {
        return key.startsWith(DEPRECATED);
    }
}
