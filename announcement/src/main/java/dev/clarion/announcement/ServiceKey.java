package dev.clarion.announcement;

import java.util.Comparator;

/**
 * A Service by name. Ordered by namespace, then name, so that whatever is listed by it has one order everywhere.
 *
 * @param namespace its namespace
 * @param name its name within the namespace
 */
public record ServiceKey(String namespace, String name) implements Comparable<ServiceKey> {
    private static final Comparator<ServiceKey> ORDER =
            Comparator.comparing(ServiceKey::namespace).thenComparing(ServiceKey::name);

    @Override
    public int compareTo(ServiceKey other) {
        return ORDER.compare(this, other);
    }

    /** {@code namespace/name}, as in the ledger, logs and metrics. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
