package dev.clarion.e2e.client;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What went wrong on a lane, in the kernel's words and counted, and what became of its connections. */
final class Notes {
    /** Kernels have few messages; the limit only keeps a surprise from growing. */
    private static final int LIMIT = 32;

    private final Map<String, Integer> messages = new TreeMap<>();
    int resets;
    int closes;
    int connects;

    void add(String during, IOException problem) {
        String text = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        String message = during + ": " + text;
        if (messages.size() < LIMIT || messages.containsKey(message)) {
            messages.merge(message, 1, Integer::sum);
        }
    }

    Map<String, Integer> messages() {
        return Map.copyOf(messages);
    }
}
