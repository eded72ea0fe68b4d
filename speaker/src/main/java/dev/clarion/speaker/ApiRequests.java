package dev.clarion.speaker;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The few plain requests of the speaker, each with its own patience. The client's own way of writing objects loads
 * some hundreds of classes before the first one is written; a speaker is to be ready sooner than that.
 */
final class ApiRequests {
    private static final String FIELD_MANAGER = "clarion-speaker";

    private final KubernetesClient client;

    ApiRequests(KubernetesClient client) {
        this.client = client;
    }

    /** How a request ended. */
    sealed interface Answer {}

    /**
     * The API server answered.
     *
     * @param code the HTTP status
     * @param body what it said
     */
    record Answered(int code, String body) implements Answer {
        boolean ok() {
            return code >= 200 && code < 300;
        }
    }

    /**
     * No answer came.
     *
     * @param why the innermost cause
     */
    record Silent(String why) implements Answer {}

    /** Creates or overwrites an object that nobody else writes, by server-side apply. */
    Answer apply(String path, String json, Duration patience) {
        return send(
                request(path + "?force=true&fieldManager=" + FIELD_MANAGER)
                        .method("PATCH", "application/apply-patch+yaml", json)
                        .build(),
                patience);
    }

    /** Reads an object's metadata alone. */
    Answer metadata(String path, Duration patience) {
        return send(
                request(path)
                        .header("Accept", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1")
                        .build(),
                patience);
    }

    private HttpRequest.Builder request(String path) {
        String server = client.getMasterUrl().toString();
        String base = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
        return client.getHttpClient().newHttpRequestBuilder().uri(URI.create(base + path));
    }

    private Answer send(HttpRequest request, Duration patience) {
        CompletableFuture<HttpResponse<byte[]>> pending = client.getHttpClient().sendAsync(request, byte[].class);
        try {
            HttpResponse<byte[]> response = pending.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            byte[] body = response.body();
            return new Answered(response.code(), body == null ? "" : new String(body, StandardCharsets.UTF_8));
        } catch (ExecutionException failed) {
            return new Silent(innermost(failed));
        } catch (TimeoutException late) {
            pending.cancel(true);
            return new Silent("no answer within " + patience.toMillis() + " ms");
        } catch (InterruptedException stopping) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            return new Silent("stopped while waiting");
        }
    }

    private static String innermost(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root.toString();
    }
}
