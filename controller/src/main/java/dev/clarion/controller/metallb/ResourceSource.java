package dev.clarion.controller.metallb;

import dev.clarion.config.ConfigEntry;
import dev.clarion.config.EffectiveConfig;
import dev.clarion.config.MetallbKind;
import dev.clarion.config.MetallbResource;
import dev.clarion.config.MetallbResourceReader;
import dev.clarion.config.Origin;
import dev.clarion.config.Problem;
import dev.clarion.config.ProblemReason;
import dev.clarion.config.Reading;
import dev.clarion.config.Severity;
import dev.clarion.config.Source;
import dev.clarion.kube.ApiDiscovery;
import dev.clarion.kube.ObjectKey;
import dev.clarion.kube.ObjectRef;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resources of group {@code metallb.io} as a source of configuration. Read by the loop's thread alone. */
final class ResourceSource implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceSource.class);
    private static final int MOST_NAMES_TOLD = 5;

    private final KindWatches watches;
    private final Set<String> namespaces;
    private final Map<MetallbKind, KindBook> books = new EnumMap<>(MetallbKind.class);
    private final Map<MetallbKind, Map<ObjectKey, WatchedResource>> read = new EnumMap<>(MetallbKind.class);
    private final Set<String> foreignTold = new HashSet<>();
    private Map<MetallbKind, KindBook.Doubt> doubts = Map.of();
    private @Nullable Reading reading;

    ResourceSource(KubernetesClient client, Set<String> namespaces, Runnable dirty) {
        this.watches = new KindWatches(client, dirty);
        this.namespaces = namespaces;
        ApiDiscovery discovery = new ApiDiscovery(client);
        for (MetallbKind kind : MetallbKind.values()) {
            books.put(kind, new KindBook(kind, one -> discovery.standing(MetallbKind.GROUP, one.plural())));
        }
    }

    /** Whether all is known that there is, so that the first reading is not one of half of them. */
    boolean synced() {
        return watches.asked()
                && books.keySet().stream()
                        .allMatch(
                                kind -> watches.of(kind).map(KindWatch::synced).orElse(true));
    }

    KindWatches watches() {
        return watches;
    }

    /** What they say; the same object as before while nothing changed. */
    @SuppressWarnings("ReferenceEquality") // a snapshot is the same object until something changes
    Reading reading() {
        Map<MetallbKind, KindBook.Doubt> now = new EnumMap<>(MetallbKind.class);
        boolean same = reading != null;
        boolean asked = watches.asked();
        for (Map.Entry<MetallbKind, KindBook> entry : books.entrySet()) {
            KindBook book = entry.getValue();
            book.look(watches.of(entry.getKey()), asked);
            now.put(entry.getKey(), book.doubt());
            same &= read.put(entry.getKey(), book.resources()) == book.resources();
        }
        Reading before = reading;
        if (before != null && same && now.equals(doubts)) {
            return before;
        }
        doubts = now;
        Reading fresh = read(now);
        reading = fresh;
        return fresh;
    }

    private Reading read(Map<MetallbKind, KindBook.Doubt> now) {
        List<MetallbResource> resources = new ArrayList<>();
        Set<MetallbKind> unknown = EnumSet.noneOf(MetallbKind.class);
        Set<String> foreign = new TreeSet<>();
        books.forEach((kind, book) -> {
            if (now.get(kind) != KindBook.Doubt.NONE) {
                unknown.add(kind);
            }
            book.resources().forEach((key, watched) -> {
                if (namespaces.contains(key.namespace())) {
                    resources.add(watched.resource());
                } else {
                    foreign.add(key.namespace());
                }
            });
        });
        foreign.stream()
                .filter(foreignTold::add)
                .forEach(namespace -> LOG.atWarn()
                        .addKeyValue("namespace", namespace)
                        .addKeyValue("counting", namespaces)
                        .log("MetalLB's resources in this namespace do not count; --metallb-namespaces says which do"));
        return MetallbResourceReader.read(resources, unknown);
    }

    /** The problems, those of kinds that are not there told in words that say so. */
    List<Problem> retell(List<Problem> problems, EffectiveConfig effective) {
        return problems.stream().map(problem -> retell(problem, effective)).toList();
    }

    private Problem retell(Problem problem, EffectiveConfig effective) {
        Origin origin = problem.origin();
        Optional<MetallbKind> kind = MetallbKind.of(origin.kind());
        if (problem.reason() != ProblemReason.REMOVAL_IN_DOUBT
                || origin.source() != Source.RESOURCE
                || kind.isEmpty()) {
            return problem;
        }
        KindBook.Doubt doubt = doubts.getOrDefault(kind.get(), KindBook.Doubt.NONE);
        if (doubt == KindBook.Doubt.NONE) {
            return problem;
        }
        Origin definition = new Origin(
                Source.RESOURCE, "CustomResourceDefinition", "", kind.get().definition());
        return new Problem(
                Severity.WARNING, problem.reason(), definition, "", "", 0, 0, words(kind.get(), doubt, effective));
    }

    private String words(MetallbKind kind, KindBook.Doubt doubt, EffectiveConfig effective) {
        List<String> kept = kept(kind, effective);
        String names = String.join(", ", kept.stream().limit(MOST_NAMES_TOLD).toList())
                + (kept.size() > MOST_NAMES_TOLD ? " and " + (kept.size() - MOST_NAMES_TOLD) + " more" : "");
        String stays = "what was published of " + names + " stays in force";
        return switch (doubt) {
            case NO_KIND ->
                "the cluster has no kind " + kind.kind() + " any more; " + stays
                        + ". Install the definition again, move the configuration to ConfigMap clarion, or start the"
                        + " controller with --metallb-resources=false to let go of all that came from resources";
            case NEW_KIND ->
                "the kind " + kind.kind() + " was installed a moment ago; " + stays + " for "
                        + KindBook.SETTLING.toSeconds() + " s, unless its resources come back before";
            case NOT_LISTED ->
                "resources of kind " + kind.kind() + " are not listed; " + stays
                        + ". May this service account list them? Apply the RBAC rules of Clarion's manifest";
            case NOT_TOLD ->
                "resources of kind " + kind.kind() + " are gone and the API server does not say whether the kind is"
                        + " being removed; " + stays + ". May this service account get CustomResourceDefinitions?";
            case NONE -> stays;
        };
    }

    private List<String> kept(MetallbKind kind, EffectiveConfig effective) {
        Map<ObjectKey, WatchedResource> there = read.getOrDefault(kind, Map.of());
        return effective.config().entries().stream()
                .filter(entry -> entry.section() == kind.section())
                .filter(entry -> {
                    Origin origin = effective.origin(entry.key());
                    return origin.source() == Source.RESOURCE
                            && !there.containsKey(new ObjectKey(origin.namespace(), origin.name()));
                })
                .map(ConfigEntry::name)
                .toList();
    }

    /** How long until something that is doubted now may not be any more, without any news. */
    Optional<Duration> again() {
        return doubts.containsValue(KindBook.Doubt.NEW_KIND) || doubts.containsValue(KindBook.Doubt.NOT_TOLD)
                ? Optional.of(Duration.ofSeconds(1))
                : Optional.empty();
    }

    /** The object, for events on it. */
    Optional<ObjectRef> object(Origin origin) {
        ObjectKey key = new ObjectKey(origin.namespace(), origin.name());
        return MetallbKind.of(origin.kind())
                .map(kind -> {
                    @Nullable
                    WatchedResource there = read.getOrDefault(kind, Map.of()).get(key);
                    String version = there == null
                            ? kind.versions().getFirst()
                            : there.resource().version();
                    String apiVersion = MetallbKind.GROUP + "/" + version;
                    return new ObjectRef(apiVersion, kind.kind(), key, there == null ? "" : there.uid());
                })
                .or(() -> Optional.of(new ObjectRef("apiextensions.k8s.io/v1", origin.kind(), key, "")));
    }

    @Override
    public void close() {
        watches.close();
    }
}
