package dev.clarion.controller;

import dev.clarion.config.ConfigException;
import dev.clarion.config.EffectiveConfig;
import dev.clarion.config.EffectiveYaml;
import dev.clarion.config.Names;
import dev.clarion.kube.ConfigMapStore;
import dev.clarion.kube.StoreOutcome;
import dev.clarion.kube.StoredConfigMap;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ConfigMap {@code clarion-effective}: what the watch shows, or what was written since where the watch lags. */
final class PublishedBook {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedBook.class);
    private static final Map<String, String> LABELS =
            Map.of("app.kubernetes.io/part-of", "clarion", "clarion.dev/part", "effective");

    private final ConfigMapStore store;
    private Optional<StoredConfigMap> ahead = Optional.empty();
    private Optional<StoredConfigMap> stored = Optional.empty();
    private Optional<EffectiveConfig> published = Optional.empty();
    private boolean damaged;

    PublishedBook(ConfigMapStore store) {
        this.store = store;
    }

    /** What was published last; empty if nothing ever was. */
    Optional<EffectiveConfig> published() {
        return published;
    }

    /** Whether the ConfigMap is there just when something was published, and can be read. */
    boolean isThere() {
        return !damaged && stored.isPresent() == published.isPresent();
    }

    /** Takes in what the watch shows; says whether that is news to us, such as another's write. */
    boolean look(Collection<OwnMap> watched) {
        Optional<StoredConfigMap> now = newest(watched);
        if (now.map(PublishedBook::version).equals(stored.map(PublishedBook::version))) {
            return false;
        }
        stored = now;
        damaged = false;
        now.ifPresent(this::read);
        return true;
    }

    private static String version(StoredConfigMap map) {
        return map.uid() + "@" + map.resourceVersion();
    }

    private Optional<StoredConfigMap> newest(Collection<OwnMap> watched) {
        Optional<StoredConfigMap> seen = watched.stream()
                .filter(OwnMap.Published.class::isInstance)
                .map(OwnMap::stored)
                .findFirst();
        boolean caughtUp = ahead.isEmpty()
                || seen.map(map -> Versions.reached(
                                map.resourceVersion(), ahead.get().resourceVersion()))
                        .orElse(false);
        if (caughtUp) {
            ahead = Optional.empty();
            return seen;
        }
        return ahead;
    }

    private void read(StoredConfigMap map) {
        try {
            published = Optional.of(EffectiveYaml.read(map.data().getOrDefault(Names.EFFECTIVE_KEY, "")));
        } catch (ConfigException unreadable) {
            damaged = true;
            LOG.atWarn()
                    .addKeyValue("configmap", Names.EFFECTIVE_MAP)
                    .addKeyValue("problem", unreadable.getMessage())
                    .log("what was published cannot be read and is written anew");
        }
    }

    /** Publishes it, written as text; false if that did not succeed, and what was published before stays. */
    boolean write(EffectiveConfig next, String text) {
        Map<String, String> data = Map.of(Names.EFFECTIVE_KEY, text);
        StoreOutcome outcome = stored.map(map -> store.compareAndSwap(map, data))
                .orElseGet(() -> store.create(Names.EFFECTIVE_MAP, LABELS, data));
        return switch (outcome) {
            case StoreOutcome.Stored(StoredConfigMap now) -> {
                LOG.atInfo()
                        .addKeyValue("generation", next.generation())
                        .addKeyValue("pools", next.config().ipAddressPools().size())
                        .addKeyValue("kept", next.kept().size())
                        .log("configuration in force");
                ahead = Optional.of(now);
                stored = ahead;
                published = Optional.of(next);
                damaged = false;
                yield true;
            }
            case StoreOutcome.Conflict conflict -> {
                ahead = store.get(Names.EFFECTIVE_MAP);
                yield false;
            }
            case StoreOutcome.Gone gone -> {
                ahead = Optional.empty();
                yield false;
            }
            case StoreOutcome.Failed(String why) -> {
                LOG.atWarn().addKeyValue("why", why).log("the configuration could not be published");
                yield false;
            }
        };
    }
}
