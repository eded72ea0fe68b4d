package dev.clarion.bench.controller;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The writes that the API server has counted, by verb and resource. */
record Requests(Map<String, Long> counts) {
    private static final Pattern COUNT = Pattern.compile("(?m)^apiserver_request_total\\{([^}]*)\\} (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    static Requests of(Api api) throws Exception {
        Map<String, Long> counts = new TreeMap<>();
        Matcher lines = COUNT.matcher(api.get("/metrics"));
        while (lines.find()) {
            Map<String, String> labels = new TreeMap<>();
            Matcher label = LABEL.matcher(lines.group(1));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            String verb = labels.getOrDefault("verb", "");
            String resource = labels.getOrDefault("resource", "");
            boolean write = verb.equals("POST") || verb.equals("PUT") || verb.equals("PATCH") || verb.equals("DELETE");
            // Renewals of the Lease go on whatever happens.
            if (write && !resource.equals("leases")) {
                String subresource = labels.getOrDefault("subresource", "");
                String key = verb + " " + resource + (subresource.isEmpty() ? "" : "/" + subresource);
                counts.merge(key, (long) Double.parseDouble(lines.group(2)), Long::sum);
            }
        }
        return new Requests(counts);
    }

    long since(Requests before, String key) {
        return counts.getOrDefault(key, 0L) - before.counts.getOrDefault(key, 0L);
    }

    long since(Requests before) {
        return counts.keySet().stream().mapToLong(key -> since(before, key)).sum();
    }
}
