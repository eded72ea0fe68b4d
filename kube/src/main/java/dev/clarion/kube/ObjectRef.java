package dev.clarion.kube;

/**
 * The object that an event is about.
 *
 * @param apiVersion for instance {@code v1} or {@code apps/v1}
 * @param kind for instance {@code Service}
 * @param key namespace and name
 * @param uid the object's UID, or empty where it is not known; {@code kubectl describe} finds events of a Service only
 *     with it
 */
public record ObjectRef(String apiVersion, String kind, ObjectKey key, String uid) {
    public static ObjectRef service(ObjectKey key, String uid) {
        return new ObjectRef("v1", "Service", key, uid);
    }

    public static ObjectRef configMap(ObjectKey key, String uid) {
        return new ObjectRef("v1", "ConfigMap", key, uid);
    }

    /** A Node. By custom its UID in events is its name, which is how {@code kubectl describe node} finds them. */
    public static ObjectRef node(String name) {
        return new ObjectRef("v1", "Node", ObjectKey.ofCluster(name), name);
    }
}
