package dev.clarion.controller;

import dev.clarion.config.Origin;
import dev.clarion.config.Problem;
import dev.clarion.kube.EventRecorder;
import dev.clarion.kube.EventType;
import dev.clarion.kube.ObjectRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what is wrong with the configuration: in the log, and as events on the object that says it. Each problem once;
 * what is no longer wrong is forgotten, and told again if it returns. {@code /state} has all of them at any time.
 */
final class ProblemTeller {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemTeller.class);
    /** Of one object at a time; nobody reads more, and whoever mends these sees the rest. */
    private static final int MOST_AT_ONCE = 50;

    private final EventRecorder events;
    private final Function<Origin, Optional<ObjectRef>> objects;
    private Map<Origin, Set<String>> told = Map.of();
    private String nothing = "";

    /** @param objects the object that an origin stands for */
    ProblemTeller(EventRecorder events, Function<Origin, Optional<ObjectRef>> objects) {
        this.events = events;
        this.objects = objects;
    }

    void tell(List<Problem> problems) {
        Map<Origin, Set<String>> now = new LinkedHashMap<>();
        for (Problem problem : problems) {
            now.computeIfAbsent(problem.origin(), origin -> new LinkedHashSet<>())
                    .add(problem.toString());
        }
        now.forEach(this::tell);
        told.keySet().stream().filter(origin -> !now.containsKey(origin)).forEach(this::mended);
        told = now;
        nothing = "";
    }

    private void tell(Origin origin, Set<String> lines) {
        List<String> fresh = new ArrayList<>(lines);
        fresh.removeAll(told.getOrDefault(origin, Set.of()));
        fresh.stream().limit(MOST_AT_ONCE).forEach(line -> wrong(origin, line));
        if (fresh.size() > MOST_AT_ONCE) {
            wrong(origin, fresh.size() - MOST_AT_ONCE + " more problems; the controller's /state lists all");
        }
    }

    private void wrong(Origin origin, String line) {
        LOG.atWarn().addKeyValue("object", origin).log(line);
        objects.apply(origin)
                .ifPresent(object -> events.record(object, EventType.WARNING, EventReason.CONFIG_PROBLEM.word(), line));
    }

    private void mended(Origin origin) {
        String line = "nothing is wrong any more";
        LOG.atInfo().addKeyValue("object", origin).log(line);
        objects.apply(origin)
                .ifPresent(object -> events.record(object, EventType.NORMAL, EventReason.CONFIG_GOOD.word(), line));
    }

    /** Tells that nothing is configured at all. */
    void tellNothing(String line) {
        if (!nothing.equals(line)) {
            LOG.warn(line);
        }
        told = Map.of();
        nothing = line;
    }
}
