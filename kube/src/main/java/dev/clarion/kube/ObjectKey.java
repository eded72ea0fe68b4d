package dev.clarion.kube;

import java.util.Comparator;

/**
 * Where an object is: its namespace and its name.
 *
 * @param namespace the namespace; empty for objects that have none, such as Nodes
 * @param name the name, never empty
 */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {
    private static final Comparator<ObjectKey> ORDER =
            Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

    public ObjectKey {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an object key needs a name");
        }
    }

    /** The key of an object without a namespace. */
    public static ObjectKey ofCluster(String name) {
        return new ObjectKey("", name);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }

    /** {@code namespace/name}, or the name alone where there is no namespace. */
    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
