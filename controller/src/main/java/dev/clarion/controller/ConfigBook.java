package dev.clarion.controller;

import dev.clarion.config.ConfigException;
import dev.clarion.config.ConfigReader;
import dev.clarion.config.EffectiveConfig;
import dev.clarion.config.EffectiveYaml;
import dev.clarion.config.Names;
import dev.clarion.config.Problem;
import dev.clarion.config.Publication;
import dev.clarion.config.Severity;
import dev.clarion.kube.ConfigMapStore;
import dev.clarion.kube.EventRecorder;
import dev.clarion.kube.EventType;
import dev.clarion.kube.ObjectKey;
import dev.clarion.kube.ObjectRef;
import dev.clarion.kube.StoreOutcome;
import dev.clarion.kube.StoredConfigMap;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From what the user wrote to what is in force: reads the ConfigMap {@code clarion}, publishes {@code clarion-effective},
 * and tells the problems once each. Nothing is in force before it is published, so that a restart finds the same.
 */
final class ConfigBook {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigBook.class);
    private static final Map<String, String> LABELS =
            Map.of("app.kubernetes.io/part-of", "clarion", "clarion.dev/part", "effective");

    private final ConfigMapStore store;
    private final EventRecorder events;
    private final String namespace;

    private Optional<StoredConfigMap> ahead = Optional.empty();
    private Optional<StoredConfigMap> readPublished = Optional.empty();
    private Optional<StoredConfigMap> readSource = Optional.empty();
    private Optional<EffectiveConfig> published = Optional.empty();
    private Set<String> told = Set.of();
    private volatile List<Problem> problems = List.of();

    ConfigBook(ConfigMapStore store, EventRecorder events, String namespace) {
        this.namespace = namespace;
        this.store = store;
        this.events = events;
    }

    /** What is wrong with the configuration, all of it. */
    List<Problem> problems() {
        return problems;
    }

    /**
     * What is in force, after publishing it where it changed.
     *
     * @return empty if it could not be published; then what was in force before stays, see {@link #inForce}
     */
    Optional<EffectiveConfig> update(Collection<OwnMap> watched) {
        Optional<StoredConfigMap> stored = newest(watched);
        readPublished(stored);
        Optional<StoredConfigMap> source = watched.stream()
                .filter(OwnMap.Source.class::isInstance)
                .map(OwnMap::stored)
                .findFirst();
        if (source.isEmpty()) {
            missing();
            return Optional.of(inForce());
        }
        boolean known = source.map(ConfigBook::version).equals(readSource.map(ConfigBook::version))
                && stored.isPresent() == published.isPresent();
        if (known) {
            return Optional.of(inForce());
        }
        return publish(source.get(), stored);
    }

    /** What was published last. */
    EffectiveConfig inForce() {
        return published.orElse(EffectiveConfig.NONE);
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

    private void readPublished(Optional<StoredConfigMap> stored) {
        if (stored.map(ConfigBook::version).equals(readPublished.map(ConfigBook::version))) {
            return;
        }
        readPublished = stored;
        readSource = Optional.empty();
        if (stored.isEmpty()) {
            return;
        }
        try {
            published = Optional.of(EffectiveYaml.read(stored.get().data().getOrDefault(Names.EFFECTIVE_KEY, "")));
        } catch (ConfigException damaged) {
            LOG.atWarn()
                    .addKeyValue("configmap", Names.EFFECTIVE_MAP)
                    .addKeyValue("problem", damaged.getMessage())
                    .log("what was published cannot be read and is written anew");
        }
    }

    private void missing() {
        String line = published.isPresent()
                ? "ConfigMap " + Names.CONFIG_MAP + " is gone; generation "
                        + inForce().generation()
                        + " stays in force. Create it again, or with empty lists to remove everything."
                : "there is no ConfigMap " + Names.CONFIG_MAP + " in this namespace, so there are no pools; create it";
        if (!told.equals(Set.of(line))) {
            LOG.atWarn().log(line);
            told = Set.of(line);
        }
        readSource = Optional.empty();
        problems = List.of();
    }

    private Optional<EffectiveConfig> publish(StoredConfigMap source, Optional<StoredConfigMap> stored) {
        String text = source.data().get(Names.CONFIG_KEY);
        if (text == null) {
            tell(
                    source,
                    List.of(),
                    Set.of("the ConfigMap has no key " + Names.CONFIG_KEY + "; what was in force stays"));
            readSource = Optional.of(source);
            return Optional.of(inForce());
        }
        Publication publication = Publication.of(published, ConfigReader.read(text));
        EffectiveConfig next = publication.effective();
        boolean nothingToSay = next.equals(inForce()) && stored.isPresent() == published.isPresent();
        if (!nothingToSay && !write(next, stored)) {
            return Optional.empty();
        }
        Set<String> lines = new LinkedHashSet<>();
        publication.problems().forEach(problem -> lines.add(problem.toString()));
        tell(source, publication.problems(), lines);
        readSource = Optional.of(source);
        return Optional.of(inForce());
    }

    private boolean write(EffectiveConfig next, Optional<StoredConfigMap> stored) {
        Map<String, String> data = Map.of(Names.EFFECTIVE_KEY, EffectiveYaml.write(next));
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
                readPublished = ahead;
                published = Optional.of(next);
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

    /** Logs and records what was not told before; what is no longer wrong is forgotten, and told again if it returns. */
    private void tell(StoredConfigMap source, List<Problem> found, Set<String> lines) {
        ObjectRef about = ObjectRef.configMap(new ObjectKey(namespace, source.name()), source.uid());
        for (String line : lines) {
            if (!told.contains(line)) {
                LOG.atWarn().addKeyValue("configmap", source.name()).log(line);
                events.record(about, EventType.WARNING, "ConfigProblem", line);
            }
        }
        if (lines.isEmpty() && !told.isEmpty()) {
            LOG.atInfo().addKeyValue("configmap", source.name()).log("nothing is wrong any more");
            events.record(about, EventType.NORMAL, "ConfigGood", "nothing is wrong any more");
        }
        told = Set.copyOf(lines);
        problems = List.copyOf(found);
    }

    /** How many entries or fields are wrong, of one severity. */
    long count(Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .count();
    }
}
