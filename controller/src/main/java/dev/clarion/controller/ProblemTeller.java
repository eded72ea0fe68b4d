package dev.clarion.controller;

import dev.clarion.config.Origin;
import dev.clarion.config.Problem;
import dev.clarion.kube.EventRecorder;
import dev.clarion.kube.EventType;
import dev.clarion.kube.ObjectRef;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what is wrong with the configuration: in the log, and as events on the object that says it. {@code /state} has all
 * problems at any time.
 */
final class ProblemTeller {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemTeller.class);

    private final EventRecorder events;
    private final Function<Origin, Optional<ObjectRef>> objects;
    private final ProblemNews news = new ProblemNews();
    private String nothing = "";

    /** @param objects the object that an origin stands for */
    ProblemTeller(EventRecorder events, Function<Origin, Optional<ObjectRef>> objects) {
        this.events = events;
        this.objects = objects;
    }

    void tell(List<Problem> problems) {
        ProblemNews.News now = news.of(problems);
        now.lines().forEach(this::tell);
        if (now.untold() > 0) {
            LOG.atWarn()
                    .addKeyValue("count", now.untold())
                    .log("more news of the configuration than is told at a time; /state lists all problems");
        }
        nothing = "";
    }

    private void tell(ProblemNews.Line line) {
        (line.wrong() ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("object", line.origin())
                .log(line.text());
        EventReason reason = line.wrong() ? EventReason.CONFIG_PROBLEM : EventReason.CONFIG_GOOD;
        EventType type = line.wrong() ? EventType.WARNING : EventType.NORMAL;
        objects.apply(line.origin()).ifPresent(object -> events.record(object, type, reason.word(), line.text()));
    }

    /** Tells that nothing is configured at all. */
    void tellNothing(String line) {
        if (!nothing.equals(line)) {
            LOG.warn(line);
        }
        news.forget();
        nothing = line;
    }
}
