package dev.clarion.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpEndpointsTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private final AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpEndpoints probes;

    @BeforeEach
    void start() throws IOException {
        HealthCheck good = new HealthCheck("loop", Optional::empty);
        HealthCheck varying = new HealthCheck("api", problem::get);
        HealthCheck broken = new HealthCheck("broken", () -> {
            throw new IllegalStateException("oops");
        });
        probes = HttpEndpoints.probes(ANY_PORT, List.of(good, varying), List.of(good, broken), () -> "{\"a\":1}");
    }

    @AfterEach
    void stop() {
        probes.close();
        client.close();
    }

    private HttpResponse<String> send(InetSocketAddress to, String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + to.getAddress().getHostAddress() + ":" + to.getPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aProbeNamesEveryCheckAndSaysWhatIsWrong() throws Exception {
        HttpResponse<String> well = send(probes.address(), "GET", "/healthz");
        assertThat(well.statusCode()).isEqualTo(200);
        assertThat(well.body()).isEqualTo("ok       loop\nok       api\nok\n");
        problem.set(Optional.of("no watch for 40 s"));
        HttpResponse<String> ill = send(probes.address(), "GET", "/healthz");
        assertThat(ill.statusCode()).isEqualTo(503);
        assertThat(ill.body()).isEqualTo("ok       loop\nproblem  api: no watch for 40 s\nnot ok\n");
    }

    @Test
    void aCheckThatThrowsIsAProblem() throws Exception {
        HttpResponse<String> answer = send(probes.address(), "GET", "/readyz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .contains("problem  broken: the check itself failed")
                .contains("oops");
    }

    @Test
    void theStateIsJson() throws Exception {
        HttpResponse<String> answer = send(probes.address(), "GET", "/state");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void otherPathsAndMethodsAreRefusedInOrder() throws Exception {
        assertThat(send(probes.address(), "GET", "/healthzz").statusCode()).isEqualTo(404);
        assertThat(send(probes.address(), "GET", "/metrics").statusCode()).isEqualTo(404);
        HttpResponse<String> post = send(probes.address(), "POST", "/healthz");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
        HttpResponse<String> head = send(probes.address(), "HEAD", "/healthz");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void metricsComeInTheFormatAskedForWithTheVirtualMachinesOwn() throws Exception {
        Metrics metrics = new Metrics("test", "1.2");
        metrics.counter("things", "Things that happened.", "kind")
                .labelValues("a")
                .inc(3);
        metrics.gauge("level", "How high.", () -> 7.5);
        try (HttpEndpoints endpoint = HttpEndpoints.metrics(ANY_PORT, metrics)) {
            HttpResponse<String> plain = send(endpoint.address(), "GET", "/metrics");
            assertThat(plain.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
            assertThat(plain.body())
                    .contains("clarion_things_total{kind=\"a\"} 3.0")
                    .contains("clarion_level 7.5")
                    .contains("clarion_build_info{program=\"test\",version=\"1.2\"} 1.0")
                    .containsPattern("clarion_jvm_heap_used_bytes [1-9]")
                    .containsPattern("clarion_jvm_threads [1-9]");
            HttpResponse<String> open = send(
                    endpoint.address(), "GET", "/metrics", "Accept", "application/openmetrics-text; version=1.0.0");
            assertThat(open.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/openmetrics");
            assertThat(open.body()).endsWith("# EOF\n");
            assertThat(send(endpoint.address(), "GET", "/healthz").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aRequestWithAHugeHeaderIsRefusedAndTheServerGoesOn() throws Exception {
        try (Socket socket =
                new Socket(probes.address().getAddress(), probes.address().getPort())) {
            socket.setSoTimeout(20_000);
            byte[] request = ("GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(40_000) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(request);
            assertThat(firstLine(socket)).doesNotContain(" 200 ");
        }
        assertThat(send(probes.address(), "GET", "/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void aRequestThatNeverEndsIsCutOff() throws Exception {
        try (Socket socket =
                new Socket(probes.address().getAddress(), probes.address().getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost:".getBytes(StandardCharsets.US_ASCII));
            assertThat(firstLine(socket)).doesNotContain(" 200 ");
        }
    }

    /** The first line of the answer; empty if the server hangs up without one. */
    private static String firstLine(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (IOException reset) {
            assertThat(reset).isNotInstanceOf(SocketTimeoutException.class);
            return "";
        }
    }
}
