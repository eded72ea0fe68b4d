package dev.clarion.bench.controller;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When each Service was seen for the first time, and when with an address: by one watch, whose lines are searched and not
 * parsed. What the API server takes to create a Service is its own affair: with thousands present, tens of milliseconds.
 */
final class Addressed implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("\"metadata\":\\{\"name\":\"([^\"]+)\"");
    private static final String INGRESS = "\"loadBalancer\":{\"ingress\":[{\"ip\":\"";

    private final InputStream stream;
    private final ConcurrentHashMap<String, Long> there = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Long> seen = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Watches from the state that there is. */
    Addressed(Api api, String services) throws Exception {
        Matcher version = Pattern.compile("\"resourceVersion\":\"(\\d+)\"").matcher(api.get(services + "?limit=1"));
        if (!version.find()) {
            throw new IOException("the list has no resourceVersion");
        }
        stream = api.watch(services + "?watch=1&resourceVersion=" + version.group(1));
        Thread.ofPlatform().daemon().name("watch").start(this::read);
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long now = System.nanoTime();
                Matcher name = NAME.matcher(line);
                if (name.find()) {
                    there.putIfAbsent(name.group(1), now);
                    if (line.contains(INGRESS)) {
                        seen.putIfAbsent(name.group(1), now);
                    }
                }
            }
        } catch (IOException ended) {
            if (!closed) {
                throw new UncheckedIOException(ended);
            }
        }
    }

    int count() {
        return seen.size();
    }

    /** When the last of all was seen, on {@link System#nanoTime()}. */
    long last() {
        return seen.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    /** How long after it was there a Service had an address, in ms; waits for it. */
    double latency(String name, long limitNanos) throws InterruptedException {
        long at = await(name, limitNanos);
        return (at - there.getOrDefault(name, at)) / 1e6;
    }

    /** Waits until a Service has an address, and says when it was seen. */
    long await(String name, long limitNanos) throws InterruptedException {
        long end = System.nanoTime() + limitNanos;
        Long at = seen.get(name);
        while (at == null) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(name + " got no address");
            }
            Thread.sleep(0, 200_000);
            at = seen.get(name);
        }
        return at;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        stream.close();
    }
}
