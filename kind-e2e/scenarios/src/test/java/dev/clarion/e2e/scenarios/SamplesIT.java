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
 * Every sample of {@code config-samples} is applied as its reader would: it is in force, and a Service that asks for
 * nothing in particular keeps its address through all of them. (One that asks for a pool by name follows that name.)
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
            """;
    private static final Pattern NAME = Pattern.compile("(?m)^ {4}- name: (\\S+)");

    private final Lab lab;

    SamplesIT(Lab lab) {
        this.lab = lab;
    }

    @AfterEach
    void asBefore() {
        lab.kubectl().tries("delete", "service", "plain", "--ignore-not-found");
        lab.clarion().restoreConfig();
        lab.web().awaitServed();
    }

    @Test
    void everySampleIsInForceAndNoServiceLosesItsAddress(Lab lab) throws IOException {
        lab.kubectl().apply(PLAIN);
        Await.that(
                "plain has an address",
                60,
                () -> assertThat(lab.web().addresses("plain")).hasSize(1));
        List<String> before = lab.web().addresses("plain");
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
            assertThat(lab.web().addresses("plain"))
                    .as("address with %s", sample)
                    .isEqualTo(before);
        }
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
