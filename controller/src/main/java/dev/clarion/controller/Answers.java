package dev.clarion.controller;

import dev.clarion.allocation.StatusChange;
import dev.clarion.kube.EventRecorder;
import dev.clarion.kube.EventType;
import dev.clarion.kube.ObjectKey;
import dev.clarion.kube.ObjectRef;
import dev.clarion.kube.PatchOutcome;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of the writes of statuses: remembered for the next plan, and told to those who watch. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final ServiceBook services;
    private final EventRecorder events;
    private final ControllerMetrics metrics;

    Answers(ServiceBook services, EventRecorder events, ControllerMetrics metrics) {
        this.services = services;
        this.events = events;
        this.metrics = metrics;
    }

    /** Takes in what became of one write. */
    void take(StatusWriters.Result result) {
        StatusChange change = result.change();
        switch (result) {
            case StatusWriters.Result.Dropped dropped -> services.dropped(change);
            case StatusWriters.Result.Answered(StatusChange sent, PatchOutcome outcome) -> {
                metrics.statusWrite(outcome);
                answered(change, outcome);
            }
        }
    }

    private void answered(StatusChange change, PatchOutcome outcome) {
        switch (outcome) {
            case PatchOutcome.Done(String version) -> {
                services.stored(change, version, System.nanoTime()).ifPresent(pause -> contested(change, pause));
                change.note().ifPresent(note -> tell(change, note));
            }
            case PatchOutcome.NotFound notFound -> services.dropped(change);
            // The Service changed; as soon as the watch shows how, there is a new plan for it.
            case PatchOutcome.Conflict conflict -> services.failed(change, System.nanoTime());
            case PatchOutcome.Refused(int code, String message) -> failed(change, "HTTP " + code + ": " + message);
            case PatchOutcome.Unreachable(String message) -> failed(change, message);
        }
    }

    private void failed(StatusChange change, String why) {
        Duration wait = services.failed(change, System.nanoTime());
        LOG.atWarn()
                .addKeyValue("service", change.service())
                .addKeyValue("why", why)
                .addKeyValue("again", wait)
                .log("a status could not be written");
    }

    private void contested(StatusChange change, Duration pause) {
        LOG.atWarn()
                .addKeyValue("service", change.service())
                .addKeyValue("again", pause)
                .log(
                        "somebody else keeps writing over what Clarion writes into a status; it is put right less often now");
        events.record(
                about(change),
                EventType.WARNING,
                EventReason.STATUS_CONTESTED.word(),
                "somebody else keeps writing over what Clarion writes into this status: is there another Clarion, or another"
                        + " load balancer that serves the same class? It is put right less and less often now");
    }

    private static ObjectRef about(StatusChange change) {
        ObjectKey key =
                new ObjectKey(change.service().namespace(), change.service().name());
        return ObjectRef.service(key, change.uid());
    }

    private void tell(StatusChange change, StatusChange.Note note) {
        LOG.atInfo()
                .addKeyValue("service", change.service())
                .addKeyValue("reason", note.reason())
                .addKeyValue("addresses", change.ingress().orElse(List.of()))
                .log(note.message());
        ObjectRef about = about(change);
        events.record(about, note.warning() ? EventType.WARNING : EventType.NORMAL, note.reason(), note.message());
        // Only with other news: a restart must not tell it of ten thousand Services again.
        services.find(change.service())
                .map(service -> service.view().deprecated())
                .filter(deprecated -> !deprecated.isEmpty())
                .ifPresent(deprecated -> events.record(
                        about,
                        EventType.WARNING,
                        EventReason.DEPRECATED_REQUEST.word(),
                        "still understood, but has a successor: " + String.join(", ", deprecated)));
    }
}
