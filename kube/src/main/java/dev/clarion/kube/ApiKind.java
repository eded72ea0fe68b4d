package dev.clarion.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * A kind of object as the paths of the API server have it.
 *
 * @param group the API group, for instance {@code metallb.io}; empty for the core group
 * @param version the version, for instance {@code v1beta1}
 * @param plural the kind in the plural and in lower case, for instance {@code ipaddresspools}
 */
public record ApiKind(String group, String version, String plural) {
    static ApiKind of(Class<? extends HasMetadata> type) {
        String group = HasMetadata.getGroup(type);
        return new ApiKind(group == null ? "" : group, HasMetadata.getVersion(type), HasMetadata.getPlural(type));
    }

    /** As an object of this kind says it: {@code metallb.io/v1beta1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The path of the group and version, under which discovery answers: {@code /apis/metallb.io/v1beta1}. */
    String root() {
        return (group.isEmpty() ? "/api/" : "/apis/") + apiVersion();
    }

    /** The path of all objects of this kind in one namespace or (empty) in all. */
    String path(String namespace) {
        String place = namespace.isEmpty() ? "/" : "/namespaces/" + ApiCalls.encode(namespace) + "/";
        return root() + place + plural;
    }
}
