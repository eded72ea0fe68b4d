package dev.clarion.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * Which objects to list and watch, as a path and the selectors of its query.
 *
 * @param type the class that objects are read as
 * @param kind the kind
 * @param namespace the namespace, or empty for all and for kinds without one
 * @param name one name only; with it, rights may be limited to that name
 * @param labels a label selector
 */
record WatchScope<T extends HasMetadata>(
        Class<T> type, ApiKind kind, String namespace, Optional<String> name, Optional<String> labels) {
    static final int PAGE = 500;
    static final int WATCH_SECONDS = 300;

    WatchScope(Class<T> type, String namespace, Optional<String> name, Optional<String> labels) {
        this(type, ApiKind.of(type), namespace, name, labels);
    }

    WatchScope<T> in(String otherNamespace) {
        return new WatchScope<>(type, kind, otherNamespace, name, labels);
    }

    WatchScope<T> named(String oneName) {
        return new WatchScope<>(type, kind, namespace, Optional.of(oneName), labels);
    }

    WatchScope<T> labelled(String selector) {
        return new WatchScope<>(type, kind, namespace, name, Optional.of(selector));
    }

    /** The kind in the plural, for logs and thread names. */
    String what() {
        return kind.plural();
    }

    /** @param limited pages of {@value #PAGE}; without, everything at once and from the newest state */
    String list(boolean limited, String token) {
        return path()
                + (limited ? "&limit=" + PAGE : "")
                + (token.isEmpty() ? "" : "&continue=" + ApiCalls.encode(token));
    }

    /** @param extraSeconds spreads the ends of the watches of many clients */
    String watch(String resourceVersion, int extraSeconds) {
        return path() + "&watch=true&allowWatchBookmarks=true&timeoutSeconds=" + (WATCH_SECONDS + extraSeconds)
                + "&resourceVersion=" + ApiCalls.encode(resourceVersion);
    }

    private String path() {
        String fields = name.map(one -> "fieldSelector=" + ApiCalls.encode("metadata.name=" + one))
                .orElse("fieldSelector=");
        return kind.path(namespace) + "?" + fields
                + labels.map(selector -> "&labelSelector=" + ApiCalls.encode(selector))
                        .orElse("");
    }
}
