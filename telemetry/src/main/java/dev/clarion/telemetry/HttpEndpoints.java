package dev.clarion.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One small HTTP server: {@link #probes} with {@code /healthz}, {@code /readyz} and {@code /state}, meant for loopback
 * (or, for a Pod with its own network, for the Pod's address, where the kubelet asks); {@link #metrics} with
 * {@code /metrics}. Bounded in connections, header size and time per request; knows GET and HEAD and nothing else.
 */
public final class HttpEndpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoints.class);

    static {
        // Read once by the JDK's server when its class is loaded, so they must be set before; what the user set stays.
        limit("jdk.httpserver.maxConnections", "64");
        limit("sun.net.httpserver.maxReqTime", "5");
        limit("sun.net.httpserver.maxRspTime", "10");
        limit("sun.net.httpserver.idleInterval", "30");
        limit("sun.net.httpserver.maxIdleConnections", "16");
        limit("sun.net.httpserver.maxReqHeaders", "64");
        limit("sun.net.httpserver.maxReqHeaderSize", "16384");
        limit("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService executor;
    private final Map<String, Page> pages;

    private HttpEndpoints(InetSocketAddress address, Map<String, Page> pages) throws IOException {
        this.pages = pages;
        this.server = HttpServer.create(address, 0);
        this.executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("http-", 0).factory());
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Serves {@code /healthz}, {@code /readyz} and {@code /state}.
     *
     * @param address where to listen; port 0 takes a free one, which {@link #address} tells
     * @param healthy what must hold for the program to be left running
     * @param ready what must hold for it to count as ready
     * @param state the state as JSON, for {@code explain}; must not block
     * @throws IOException if the address is in use or not there
     */
    public static HttpEndpoints probes(
            InetSocketAddress address, List<HealthCheck> healthy, List<HealthCheck> ready, Supplier<String> state)
            throws IOException {
        Map<String, Page> pages = new LinkedHashMap<>();
        pages.put("/healthz", Pages.checks(List.copyOf(healthy)));
        pages.put("/readyz", Pages.checks(List.copyOf(ready)));
        pages.put("/state", Pages.json(state));
        return new HttpEndpoints(address, pages);
    }

    /**
     * Serves {@code /metrics}.
     *
     * @throws IOException if the address is in use or not there
     */
    public static HttpEndpoints metrics(InetSocketAddress address, Metrics metrics) throws IOException {
        return new HttpEndpoints(address, Map.of("/metrics", Pages.metrics(metrics.registry())));
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange, body(exchange));
        }
    }

    private Page.Body body(HttpExchange exchange) {
        Page page = pages.get(exchange.getRequestURI().getPath());
        if (page == null) {
            return Page.Body.text(404, "here: " + String.join(" ", pages.keySet()) + "\n");
        }
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Page.Body.text(405, "GET and HEAD only\n");
        }
        try {
            return page.apply(exchange.getRequestHeaders());
        } catch (RuntimeException defect) {
            LOG.atError()
                    .addKeyValue("path", exchange.getRequestURI().getPath())
                    .setCause(defect)
                    .log("an endpoint failed");
            return Page.Body.text(500, "failed, see the log\n");
        }
    }

    private static void answer(HttpExchange exchange, Page.Body body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", body.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(body.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(body.status(), body.bytes().length == 0 ? -1 : body.bytes().length);
        exchange.getResponseBody().write(body.bytes());
    }

    private static void limit(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
