package dev.clarion.kube;

import dev.clarion.kube.EventLedger.Series;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what happened, as events (events.k8s.io/v1) on the objects they look at. Never blocks who records: what
 * comes faster than it may be written waits, what does not fit drops the oldest, and the same event again becomes a
 * count on the first.
 */
public final class EventRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

    /** The API server takes 1 kB of note and 128 bytes of the other fields. */
    private static final int NOTE_BYTES = 1_024;

    private static final int FIELD = 128;
    private static final int QUEUE = 4_096;
    /** An event costs the API server as much as the write that it tells of; those who wait for addresses go first. */
    private static final double PER_SECOND = 20;

    private static final int BURST = 100;

    /** Where events about objects without a namespace go. */
    private static final String CLUSTER = "default";

    private record Occurrence(EventLedger.Key key, Instant at) {}

    private final ApiCalls calls;
    private final String controller;
    private final String instance;
    private final BlockingQueue<Occurrence> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final EventLedger ledger = new EventLedger();
    private final TokenBucket bucket = new TokenBucket(PER_SECOND, BURST, System.nanoTime());
    private final Thread thread;
    private volatile boolean stopping;

    /**
     * Starts a recorder with a thread of its own.
     *
     * @param controller who reports, for instance {@code clarion.dev/controller}
     * @param instance which one of them: the Pod's or node's name
     */
    public EventRecorder(KubernetesClient client, String controller, String instance) {
        this.calls = new ApiCalls(client);
        this.controller = cut(controller, FIELD);
        this.instance = cut(instance, FIELD);
        this.thread = Thread.ofVirtual().name("events").start(this::run);
    }

    /** Records with the reason as the action. */
    public void record(ObjectRef about, EventType type, String reason, String message) {
        record(about, type, reason, reason, message);
    }

    /**
     * Records that something happened.
     *
     * @param reason one word in CamelCase, why
     * @param action one word in CamelCase, what was done or not done
     * @param message for people; cut at 1 kB
     */
    public void record(ObjectRef about, EventType type, String reason, String action, String message) {
        EventLedger.Key key =
                new EventLedger.Key(about, type, cut(reason, FIELD), cut(action, FIELD), cut(message, NOTE_BYTES));
        Occurrence occurrence = new Occurrence(key, Instant.now());
        while (!stopping && !queue.offer(occurrence)) {
            if (queue.poll() != null) {
                dropped.incrementAndGet();
            }
        }
    }

    /** How many were given up, because they came too fast or the API server did not take them. */
    public long dropped() {
        return dropped.get();
    }

    /** How many writes the API server took. */
    public long written() {
        return written.get();
    }

    /** Writes what is waiting, for a second at most, and stops. */
    @Override
    public void close() {
        stopping = true;
        try {
            if (!thread.join(Duration.ofSeconds(1))) {
                thread.interrupt();
            }
        } catch (InterruptedException hurried) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping || !queue.isEmpty()) {
                Occurrence next = queue.poll(200, TimeUnit.MILLISECONDS);
                if (next != null) {
                    ledger.occurred(next.key(), next.at()).ifPresent(name -> create(name, next));
                }
                ledger.due(Instant.now()).forEach(this::count);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void create(String name, Occurrence what) {
        EventLedger.Key key = what.key();
        ObjectRef about = key.about();
        Event event = new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace(about))
                .endMetadata()
                .withEventTime(new MicroTime(MicroTimes.text(what.at())))
                .withReportingController(controller)
                .withReportingInstance(instance)
                .withAction(key.action())
                .withReason(key.reason())
                .withNote(key.note())
                .withType(key.type().wire())
                .withNewRegarding()
                .withApiVersion(about.apiVersion())
                .withKind(about.kind())
                .withNamespace(empty(about.key().namespace()))
                .withName(about.key().name())
                .withUid(empty(about.uid()))
                .endRegarding()
                .build();
        String path = ApiCalls.path(Event.class, namespace(about));
        send(key, "POST", path, ApiCalls.JSON, calls.serialization().asJson(event));
    }

    private void count(Series series) {
        String json = "{\"series\":{\"count\":" + series.count() + ",\"lastObservedTime\":\""
                + MicroTimes.text(series.last()) + "\"}}";
        String path =
                ApiCalls.path(Event.class, namespace(series.key().about())) + "/" + ApiCalls.encode(series.eventName());
        send(series.key(), "PATCH", path, ApiCalls.MERGE_PATCH, json);
    }

    private void send(EventLedger.Key key, String method, String path, String contentType, String json) {
        LockSupport.parkNanos(bucket.take(System.nanoTime()));
        Optional<String> problem = switch (calls.send(method, path, contentType, json)) {
            case ApiReply.Answer answer when answer.ok() -> Optional.empty();
            case ApiReply.Answer answer -> Optional.of("HTTP " + answer.code() + ": " + calls.reason(answer));
            case ApiReply.NoAnswer(String why) -> Optional.of(why);
        };
        if (problem.isEmpty()) {
            written.incrementAndGet();
            return;
        }
        dropped.incrementAndGet();
        ledger.forget(key);
        LOG.atWarn()
                .addKeyValue("about", key.about().key())
                .addKeyValue("reason", key.reason())
                .addKeyValue("why", problem.get())
                .log("event not taken");
    }

    private static String namespace(ObjectRef about) {
        String namespace = about.key().namespace();
        return namespace.isEmpty() ? CLUSTER : namespace;
    }

    private static @Nullable String empty(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The longest beginning that fits in so many bytes without cutting a character in two. */
    static String cut(String text, int bytes) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= bytes) {
            return text;
        }
        int end = Math.min(text.length(), bytes);
        while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > bytes - 3
                || Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
