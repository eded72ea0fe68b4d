package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every sample of {@code config-samples} is applied as its reader would: it is in force, and neither a Service that
 * asks for nothing in particular nor one that asks for a pool by name loses its address through all of them.
 */
@ExtendWith(OnLab.class)
class SamplesIT {
    private static final String PLAIN = """
            apiVersion: v1
            kind: Service
            metadata: {name: plain, namespace: default}
            spec:
              type: LoadBalancer
              selector: {app: web}
              ports: [{port: 80, targetPort: 8080}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: by-name, namespace: default, annotations: {clarion.dev/address-pool: lan}}
            spec:
              type: LoadBalancer
              selector: {app: web}
              ports: [{port: 80, targetPort: 8080}]
            """;
    private static final List<String> NAMES = List.of("plain", "by-name");
    private static final Pattern NAME = Pattern.compile("(?m)^ {4}- name: (\\S+)");

    private final Lab lab;

    SamplesIT(Lab lab) {
        this.lab = lab;
    }

    @AfterEach
    void asBefore() {
        lab.kubectl().tries("delete", "service", "plain", "by-name", "--ignore-not-found");
        lab.clarion().restoreConfig();
        lab.web().awaitServed();
    }

    @Test
    void everySampleIsInForceAndNoServiceLosesItsAddress(Lab lab) throws IOException {
        lab.kubectl().apply(PLAIN);
        Await.that("both have addresses", 60, () -> assertThat(addresses()).hasSize(NAMES.size()));
        List<String> before = addresses();
        for (String sample : samples()) {
            String manifest = lab.file("config-samples/" + sample);
            List<String> names = NAME.matcher(manifest)
                    .results()
                    .map(found -> "- name: " + found.group(1))
                    .toList();
            assertThat(names).as("entries of %s", sample).isNotEmpty();
            lab.kubectl().feed(manifest, "replace", "-f", "-");
            Await.that(
                    sample + " is in force",
                    60,
                    () -> assertThat(lab.clarion().effective().lines().map(String::strip))
                            .containsAll(names));
            Await.that(
                    sample + " has no errors",
                    60,
                    () -> assertThat(problems(lab.clarion().state(lab.clarion().leader())))
                            .allSatisfy(problem -> assertThat(problem).contains(": warning: ")));
            assertThat(addresses()).as("addresses with %s", sample).isEqualTo(before);
        }
    }

    private List<String> addresses() {
        return NAMES.stream()
                .flatMap(name -> lab.web().addresses(name).stream())
                .toList();
    }

    private List<String> samples() throws IOException {
        try (Stream<Path> files = Files.list(lab.root().resolve("config-samples"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> problems(String state) throws JsonProcessingException {
        JsonNode problems = new JsonMapper().readTree(state).path("configProblems");
        assertThat(problems.isArray()).as(state).isTrue();
        return problems.valueStream().map(JsonNode::asText).toList();
    }
}
