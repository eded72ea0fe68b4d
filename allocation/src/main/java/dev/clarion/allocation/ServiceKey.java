package dev.clarion.allocation;

/**
 * Namespace and name of a Service.
 *
 * @param namespace never empty
 * @param name never empty
 */
public record ServiceKey(String namespace, String name) implements Comparable<ServiceKey> {
    public ServiceKey {
        if (namespace.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a Service has a namespace and a name");
        }
    }

    /**
     * Reads {@code namespace/name}.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static ServiceKey parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || text.indexOf('/', slash + 1) >= 0) {
            throw new IllegalArgumentException("a Service is named namespace/name, not \"" + text + "\"");
        }
        return new ServiceKey(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ServiceKey other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
