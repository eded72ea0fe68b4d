package dev.clarion.controller;

import dev.clarion.config.EffectiveConfig;
import dev.clarion.config.EffectiveYaml;
import dev.clarion.config.Names;
import dev.clarion.config.Origin;
import dev.clarion.config.Problem;
import dev.clarion.config.ProblemReason;
import dev.clarion.config.Publication;
import dev.clarion.config.Reading;
import dev.clarion.config.Severity;
import dev.clarion.config.Source;
import dev.clarion.config.Surroundings;
import dev.clarion.controller.metallb.MetallbSources;
import dev.clarion.kube.ConfigMapStore;
import dev.clarion.kube.EventRecorder;
import dev.clarion.kube.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * From what users wrote to what is in force: reads the sources, publishes {@code clarion-effective}, and has the problems
 * told. Nothing is in force before it is published, so that a restart finds the same.
 */
final class ConfigBook {
    private static final String NOTHING = "there is no ConfigMap " + Names.CONFIG_MAP
            + " in this namespace and no other configuration in force, so there are no pools; create it";

    /** An object of the API server may have 1 MiB, and this one has more in it than the text. */
    private static final int MOST_BYTES = 1_000_000;

    private final OwnSource own;
    private final MetallbSources metallb;
    private final Supplier<Surroundings> surroundings;
    private final PublishedBook published;
    private final ProblemTeller teller;

    private List<Reading> read = List.of();
    private volatile List<Problem> problems = List.of();

    /** @param surroundings what pools are warned of; asked for whenever the sources say something new */
    ConfigBook(
            ConfigMapStore store,
            EventRecorder events,
            String namespace,
            MetallbSources metallb,
            Supplier<Surroundings> surroundings) {
        this.surroundings = surroundings;
        this.own = new OwnSource(namespace);
        this.metallb = metallb;
        this.published = new PublishedBook(store);
        this.teller = new ProblemTeller(events, this::object);
    }

    private Optional<ObjectRef> object(Origin origin) {
        return origin.source() == Source.CONFIG_MAP ? Optional.of(own.object()) : metallb.object(origin);
    }

    /** What is wrong with the configuration, all of it. */
    List<Problem> problems() {
        return problems;
    }

    /** What was published last. */
    EffectiveConfig inForce() {
        return published.published().orElse(EffectiveConfig.NONE);
    }

    /**
     * What is in force, after publishing it where it changed.
     *
     * @return empty if it could not be published; then what was in force before stays, see {@link #inForce}
     */
    Optional<EffectiveConfig> update(Collection<OwnMap> watched) {
        boolean news = published.look(watched);
        List<Reading> readings = new ArrayList<>(metallb.readings(inForce()));
        own.reading(watched, inForce()).ifPresent(readings::add);
        if (published.published().isEmpty() && readings.stream().allMatch(ConfigBook::isSilent)) {
            read = List.of();
            problems = List.of();
            teller.tellNothing(NOTHING);
            return Optional.of(inForce());
        }
        if (!news && published.isThere() && isSame(readings)) {
            return Optional.of(inForce());
        }
        return publish(readings);
    }

    /** Whether a source has nothing to say; of our own ConfigMap, that is something. */
    private static boolean isSilent(Reading reading) {
        boolean nothing = switch (reading.outcome()) {
            case Reading.Document document -> document.entries().isEmpty();
            case Reading.Unreadable unreadable -> true;
        };
        return reading.source() != Source.CONFIG_MAP && reading.problems().isEmpty() && nothing;
    }

    /** Whether the sources say what they said: each gives the same object again until it changes. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isSame(List<Reading> readings) {
        boolean same = readings.size() == read.size();
        for (int i = 0; same && i < readings.size(); i++) {
            same = readings.get(i) == read.get(i);
        }
        return same;
    }

    private Optional<EffectiveConfig> publish(List<Reading> readings) {
        Publication publication = Publication.of(published.published(), readings, surroundings.get());
        EffectiveConfig next = publication.effective();
        List<Problem> found = new ArrayList<>(metallb.retell(publication.problems(), next));
        boolean nothingToSay = next.equals(inForce()) && published.isThere();
        if (!nothingToSay) {
            String text = EffectiveYaml.write(next);
            int bytes = text.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                found.add(tooLarge(bytes));
            } else if (!published.write(next, text)) {
                return Optional.empty();
            }
        }
        teller.tell(found);
        problems = List.copyOf(found);
        read = readings;
        return Optional.of(inForce());
    }

    private static Problem tooLarge(int bytes) {
        return new Problem(
                Severity.ERROR,
                ProblemReason.TOO_LARGE,
                Origin.CONFIG_MAP,
                "",
                "",
                0,
                0,
                "all sources together come to " + bytes + " bytes in " + Names.EFFECTIVE_MAP + ", which may have "
                        + MOST_BYTES + "; what was in force stays until they are shorter");
    }
}
