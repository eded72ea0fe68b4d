package dev.clarion.bench.controller;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The API server, bare: texts in and out, so that the driver costs as little as it can. One of it is one connection. */
final class Api {
    private final HttpClient http;
    private final String server;
    private final String token;

    private Api(HttpClient http, String server, String token) {
        this.http = http;
        this.server = server;
        this.token = token;
    }

    static Api connect(Path kubeconfig) throws Exception {
        String text = Files.readString(kubeconfig);
        byte[] ca = Base64.getDecoder().decode(value(text, "certificate-authority-data"));
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "ca", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(ca)));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        HttpClient http = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return new Api(http, value(text, "server"), value(text, "token"));
    }

    private static String value(String kubeconfig, String key) {
        Matcher found = Pattern.compile("(?m)^\\s*" + key + ": *(\\S+)$").matcher(kubeconfig);
        if (!found.find()) {
            throw new IllegalArgumentException("the kubeconfig has no " + key);
        }
        return found.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path)).header("Authorization", "Bearer " + token);
    }

    String get(String path) throws IOException, InterruptedException {
        return answered(request(path).GET().timeout(Duration.ofMinutes(1)).build());
    }

    void post(String path, String json) throws IOException, InterruptedException {
        answered(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    void patch(String path, String json) throws IOException, InterruptedException {
        answered(request(path)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    void delete(String path) throws IOException, InterruptedException {
        answered(request(path).DELETE().build());
    }

    /** An answer that goes on: one line an event. */
    InputStream watch(String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("GET " + path + ": HTTP " + response.statusCode());
        }
        return response.body();
    }

    private String answered(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request.method() + " " + request.uri().getPath() + ": HTTP " + response.statusCode()
                    + " " + response.body());
        }
        return response.body();
    }
}
