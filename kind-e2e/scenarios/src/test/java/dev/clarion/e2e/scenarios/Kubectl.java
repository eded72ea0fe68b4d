package dev.clarion.e2e.scenarios;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** kubectl, as administrator of the lab. */
final class Kubectl {
    static final String NAMESPACE = "clarion-system";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Lab lab;

    Kubectl(Lab lab) {
        this.lab = lab;
    }

    /** Runs it, whatever comes of it. */
    Ran tries(String... arguments) {
        return lab.verb(LIMIT, "", words("--request-timeout=30s", arguments));
    }

    /** Runs it; it must succeed. */
    String run(String... arguments) {
        return tries(arguments).ok();
    }

    /** The same in Clarion's namespace. */
    String own(String... arguments) {
        return run(Stream.concat(Stream.of("-n", NAMESPACE), Arrays.stream(arguments))
                .toArray(String[]::new));
    }

    /** Runs it with something on its standard input. */
    String feed(String input, String... arguments) {
        return lab.verb(LIMIT, input, words("--request-timeout=30s", arguments)).ok();
    }

    /** Applies manifests. */
    void apply(String yaml) {
        feed(yaml, "apply", "-f", "-");
    }

    /** {@code get ... -o json}. */
    JsonNode get(String... arguments) {
        String text = run(Stream.concat(Stream.of("get", "-o", "json"), Arrays.stream(arguments))
                .toArray(String[]::new));
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The items of a list. */
    List<JsonNode> list(String... arguments) {
        return StreamSupport.stream(get(arguments).path("items").spliterator(), false)
                .toList();
    }

    private static List<String> words(String first, String... rest) {
        List<String> words = new ArrayList<>(List.of("kubectl", first));
        words.addAll(List.of(rest));
        return words;
    }
}
