package dev.clarion.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One watch request: a chunked answer with one JSON event per line. The client library's own watch is not used because
 * it reconnects by rules of its own and does not tell why a watch ended.
 */
final class WatchStream<T extends HasMetadata> implements AutoCloseable {
    /** An object in etcd is at most 1.5 MiB; escaped as JSON it may be several times that. */
    private static final int LINE_LIMIT = 16 << 20;

    private static final JsonFactory JSON = JsonFactory.builder().build();

    /** What happened to an object; {@code BOOKMARK} carries a resource version and nothing else. */
    enum Change {
        ADDED,
        MODIFIED,
        DELETED,
        BOOKMARK
    }

    interface Sink<T> {
        void accept(Change change, T object);
    }

    /** The two fields of an event, as the JSON library fills them. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class Event<O> {
        public @Nullable String type;
        public @Nullable O object;
    }

    private final ApiCalls calls;
    private final TypeReference<Event<T>> eventType;
    private final TypeReference<Event<Status>> errorType;
    private final Sink<T> sink;
    private final Lines lines = new Lines(LINE_LIMIT);
    private final StringBuilder refusal = new StringBuilder();
    private final CompletableFuture<WatchEnd> end = new CompletableFuture<>();
    private final CompletableFuture<Void> open = new CompletableFuture<>();
    private final CompletableFuture<HttpResponse<AsyncBody>> response;
    private volatile boolean accepted;

    WatchStream(ApiCalls calls, Class<T> type, String path, Sink<T> sink) {
        this.calls = calls;
        this.sink = sink;
        this.eventType = reference(calls, type);
        this.errorType = reference(calls, Status.class);
        this.response = calls.consume(path, this::chunk);
        var _ = response.whenComplete(this::answered);
    }

    /** Completes when the server has accepted the watch; never if it has not. */
    CompletableFuture<Void> open() {
        return open;
    }

    CompletableFuture<WatchEnd> end() {
        return end;
    }

    @Override
    public void close() {
        end.complete(new WatchEnd.Closed());
        var _ = response.whenComplete((answer, failure) -> {
            if (answer != null) {
                answer.body().cancel();
            }
        });
        response.cancel(true);
    }

    private void answered(@Nullable HttpResponse<AsyncBody> answer, @Nullable Throwable failure) {
        if (answer == null) {
            end.complete(new WatchEnd.Lost(failure == null ? "no answer" : ApiCalls.describe(failure)));
            return;
        }
        accepted = answer.isSuccessful();
        if (accepted) {
            open.complete(null);
        }
        var _ = answer.body().done().whenComplete((nothing, broken) -> end.complete(ending(answer.code(), broken)));
        answer.body().consume();
    }

    private WatchEnd ending(int code, @Nullable Throwable broken) {
        if (!accepted) {
            return code == 410 ? new WatchEnd.Expired() : new WatchEnd.Refused("HTTP " + code + " " + refusal);
        }
        return broken == null ? new WatchEnd.Closed() : new WatchEnd.Lost(ApiCalls.describe(broken));
    }

    private void chunk(List<ByteBuffer> buffers, AsyncBody body) {
        for (ByteBuffer buffer : buffers) {
            if (accepted) {
                take(buffer, body);
            } else if (refusal.length() < 2_000) {
                refusal.append(StandardCharsets.UTF_8.decode(buffer));
            }
        }
        body.consume();
    }

    private void take(ByteBuffer buffer, AsyncBody body) {
        try {
            lines.feed(buffer, line -> {
                if (!end.isDone()) {
                    event(line);
                }
            });
        } catch (RuntimeException notUnderstood) {
            end.complete(new WatchEnd.Refused(ApiCalls.describe(notUnderstood)));
        }
        if (end.isDone()) {
            body.cancel();
        }
    }

    private void event(byte[] line) {
        String type = typeOf(line);
        switch (type) {
            case "ADDED", "MODIFIED", "DELETED", "BOOKMARK" -> {
                T object = calls.serialization().unmarshal(new ByteArrayInputStream(line), eventType).object;
                if (object != null) {
                    sink.accept(Change.valueOf(type), object);
                }
            }
            case "ERROR" ->
                end.complete(failure(calls.serialization().unmarshal(new ByteArrayInputStream(line), errorType)));
            default -> end.complete(new WatchEnd.Refused("an event of the unknown type " + type));
        }
    }

    private static WatchEnd failure(Event<Status> event) {
        Status status = event.object;
        if (status == null) {
            return new WatchEnd.Refused("an error without a status");
        }
        return Integer.valueOf(410).equals(status.getCode())
                ? new WatchEnd.Expired()
                : new WatchEnd.Refused(status.getCode() + " " + status.getMessage());
    }

    /** The type decides what the object is, and need not come first in the line. */
    private static String typeOf(byte[] line) {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "not an object";
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean type = parser.currentName().equals("type");
                parser.nextToken();
                if (type) {
                    return parser.getText();
                }
                parser.skipChildren();
            }
            return "none";
        } catch (IOException notJson) {
            throw new KubeException("The API server sent a watch event that is not JSON", notJson);
        }
    }

    private static <O> TypeReference<Event<O>> reference(ApiCalls calls, Class<O> type) {
        Type event = calls.serialization().constructParametricType(Event.class, type);
        return new TypeReference<>() {
            @Override
            public Type getType() {
                return event;
            }
        };
    }
}
