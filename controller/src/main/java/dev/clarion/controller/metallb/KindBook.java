package dev.clarion.controller.metallb;

import dev.clarion.config.MetallbKind;
import dev.clarion.kube.ApiDiscovery.Standing;
import dev.clarion.kube.KubeException;
import dev.clarion.kube.ObjectKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is believed of one kind. Whoever removes a kind deletes its objects with it, and whoever installs it again does
 * so without them; neither must take anything out of force. So what is gone counts as gone only if the kind is there to
 * stay, and has been there for a while. Used by the loop's thread alone.
 */
final class KindBook {
    /** Who installs a kind again has this long to bring its objects back. */
    static final Duration SETTLING = Duration.ofSeconds(30);

    private final MetallbKind kind;
    private final Function<MetallbKind, Standing> definition;
    private Map<ObjectKey, WatchedResource> resources = Map.of();
    private Set<ObjectKey> trusted = Set.of();
    private boolean confirmed;
    private Doubt doubt = Doubt.NOT_LISTED;

    /** Why it may be that not all objects are known that should be. */
    enum Doubt {
        /** There is none. */
        NONE,
        /** The kind is not there, or on its way out. */
        NO_KIND,
        /** The kind is there and its objects have not been listed yet. */
        NOT_LISTED,
        /** The kind was installed a moment ago. */
        NEW_KIND,
        /** Objects are gone and the API server does not say whether the kind is. */
        NOT_TOLD
    }

    /** @param definition what becomes of a kind, as {@link dev.clarion.kube.ApiDiscovery#standing} tells */
    KindBook(MetallbKind kind, Function<MetallbKind, Standing> definition) {
        this.kind = kind;
        this.definition = definition;
    }

    /** The objects that there are. */
    Map<ObjectKey, WatchedResource> resources() {
        return resources;
    }

    Doubt doubt() {
        return doubt;
    }

    /**
     * Looks at the watch, if there is one.
     *
     * @param asked whether the API server has said which kinds it has
     */
    void look(Optional<KindWatch> watch, boolean asked) {
        if (watch.isEmpty() && !asked) {
            doubt = Doubt.NOT_LISTED;
        } else if (watch.isEmpty()) {
            resources = Map.of();
            confirmed = false;
            doubt = Doubt.NO_KIND;
        } else if (!watch.get().synced()) {
            doubt = Doubt.NOT_LISTED;
        } else {
            boolean settled =
                    watch.get().isOfOld() || System.nanoTime() - watch.get().since() > SETTLING.toNanos();
            seen(watch.get().snapshot(), settled);
        }
    }

    /** Takes in what the watch shows. */
    void seen(Map<ObjectKey, WatchedResource> snapshot, boolean settled) {
        resources = snapshot;
        boolean lost = !snapshot.keySet().containsAll(trusted);
        doubt = confirmed && !lost ? Doubt.NONE : ask();
        confirmed = doubt == Doubt.NONE;
        if (confirmed && !settled) {
            doubt = Doubt.NEW_KIND;
        }
        if (doubt == Doubt.NONE) {
            trusted = snapshot.keySet();
        }
    }

    private Doubt ask() {
        try {
            return switch (definition.apply(kind)) {
                case DEFINED -> Doubt.NONE;
                case GOING, GONE -> Doubt.NO_KIND;
            };
        } catch (KubeException silent) {
            return Doubt.NOT_TOLD;
        }
    }
}
