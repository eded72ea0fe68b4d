package dev.clarion.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Plain requests over the client's HTTP connection, so that every caller sees the status code itself and nothing is
 * read before it is written or tried twice behind its back.
 */
final class ApiCalls {
    /** Says in the API server's record of who set which field that it was us. */
    static final String FIELD_MANAGER = "clarion";

    static final String JSON = "application/json";
    static final String MERGE_PATCH = "application/merge-patch+json";
    static final String APPLY_PATCH = "application/apply-patch+yaml";

    private static final int DEADLINE_SECONDS = 10;

    private final KubernetesClient client;
    private final int deadlineSeconds;

    ApiCalls(KubernetesClient client) {
        this(client, DEADLINE_SECONDS);
    }

    ApiCalls(KubernetesClient client, int deadlineSeconds) {
        this.client = client;
        this.deadlineSeconds = deadlineSeconds;
    }

    KubernetesSerialization serialization() {
        return client.getKubernetesSerialization();
    }

    <T> T parse(ApiReply.Answer answer, Class<T> type) {
        return serialization().unmarshal(answer.text(), type);
    }

    ApiReply get(String path) {
        return send(path, builder -> builder.method("GET", JSON, null));
    }

    ApiReply send(String method, String path, String contentType, String body) {
        String managed = path + (path.indexOf('?') < 0 ? "?" : "&") + "fieldManager=" + FIELD_MANAGER;
        return send(managed, builder -> builder.method(method, contentType, body));
    }

    ApiReply delete(String path, @Nullable String preconditions) {
        return send(path, builder -> builder.method("DELETE", JSON, preconditions));
    }

    /** A request whose answer never ends: given piece by piece to the consumer, without a deadline. */
    CompletableFuture<HttpResponse<AsyncBody>> consume(String path, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        HttpRequest request = request(path).forStreaming().build();
        return client.getHttpClient().consumeBytes(request, consumer);
    }

    private HttpRequest.Builder request(String path) {
        return client.getHttpClient().newHttpRequestBuilder().uri(URI.create(base() + path));
    }

    private String base() {
        String url = client.getMasterUrl().toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private interface Shape {
        HttpRequest.Builder on(HttpRequest.Builder builder);
    }

    private ApiReply send(String path, Shape shape) {
        CompletableFuture<HttpResponse<String>> pending = client.getHttpClient()
                .sendAsync(shape.on(request(path).header("Accept", JSON)).build(), String.class);
        try {
            HttpResponse<String> response = pending.get(deadlineSeconds, TimeUnit.SECONDS);
            String body = response.body();
            return new ApiReply.Answer(response.code(), body == null ? "" : body);
        } catch (ExecutionException failed) {
            return new ApiReply.NoAnswer(describe(failed));
        } catch (TimeoutException late) {
            pending.cancel(true);
            return new ApiReply.NoAnswer("no answer within " + deadlineSeconds + " s");
        } catch (InterruptedException stopping) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            return new ApiReply.NoAnswer("interrupted");
        }
    }

    /** The server's own words for a refusal, or the bare code where it gave none. */
    String reason(ApiReply.Answer answer) {
        return status(answer).map(Status::getMessage).orElse("HTTP " + answer.code());
    }

    /** Whether a refusal is about this field. */
    boolean names(ApiReply.Answer answer, String field) {
        return status(answer).map(Status::getDetails).map(StatusDetails::getCauses).orElse(List.of()).stream()
                .anyMatch(cause -> field.equals(cause.getField()));
    }

    private Optional<Status> status(ApiReply.Answer answer) {
        try {
            return Optional.ofNullable(parse(answer, Status.class));
        } catch (RuntimeException notStatus) {
            return Optional.empty();
        }
    }

    /** One line for a chain of causes: the innermost says what the operating system or the TLS layer said. */
    static String describe(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        String message = root.getMessage();
        String type = root.getClass().getSimpleName();
        return message == null || message.isBlank() ? type : type + ": " + message;
    }

    /** The path of a kind, in one namespace or (empty) in all, for instance {@code /api/v1/namespaces/x/services}. */
    static String path(Class<? extends HasMetadata> type, String namespace) {
        return ApiKind.of(type).path(namespace);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
