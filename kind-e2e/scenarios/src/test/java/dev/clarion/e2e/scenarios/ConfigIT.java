package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ConfigMap is edited, well and badly, while everything runs. */
@ExtendWith(OnLab.class)
class ConfigIT {
    private static final String TYPO = "192.168.50.2190";
    private static final String EXTRA_POOL = """
                - name: extra
                  addresses: [192.168.50.230-192.168.50.231]
            """;
    private static final String PENDING = """
            apiVersion: v1
            kind: Service
            metadata: {name: pending, namespace: default, annotations: {clarion.dev/address-pool: extra}}
            spec:
              type: LoadBalancer
              selector: {app: web}
              ports: [{port: 80, targetPort: 8080}]
            """;

    private final Lab lab;

    ConfigIT(Lab lab) {
        this.lab = lab;
    }

    @AfterEach
    void asBefore() {
        lab.kubectl().tries("delete", "service", "pending", "--ignore-not-found");
        lab.clarion().restoreConfig();
        Await.that("the configuration is the sample's again", 60, () -> {
            String effective = lab.clarion().effective();
            assertThat(effective).contains("- name: lan", "- name: routed").doesNotContain("extra");
        });
    }

    @Test
    void aPendingServiceGetsItsAddressAsSoonAsItsPoolIsAdded(Lab lab) {
        lab.kubectl().apply(PENDING);
        Await.that("the Service is told that there is no such pool", 60, () -> {
            assertThat(lab.web().addresses("pending")).isEmpty();
            assertThat(lab.kubectl().get("service", "pending").path("status").toString())
                    .contains("clarion.dev/Allocated", "extra");
        });
        long edited = System.nanoTime();
        edit(sample().replace(
                        "ipAddressPools:\n",
                        "ipAddressPools:\n"
                                + EXTRA_POOL.indent(-4).stripTrailing().indent(0)));
        Await.that(
                "the pending Service has an address",
                60,
                () -> assertThat(lab.web().addresses("pending"))
                        .first()
                        .asString()
                        .matches("192\\.168\\.50\\.23[01]"));
        long took = System.nanoTime() - edited;
        // Includes two starts of kubectl; the figure is for people, the bound only for what hangs.
        System.out.println("ConfigIT: from the edit to the address "
                + Duration.ofNanos(took).toMillis() + " ms");
        assertThat(lab.web().ask("near", lab.web().addresses("web-l2").getFirst()))
                .startsWith("node=");
    }

    @Test
    void aTypoIsReportedWithItsPlaceAndHarmsNothingElse(Lab lab) {
        Map<String, List<String>> before = lab.web().allAddresses();
        Map<String, Long> logged =
                lab.clarion().controllers().stream().collect(Collectors.toMap(Pod::name, this::typos));
        edit(sample().replace("192.168.50.219", TYPO));
        Await.that("event and log say where the typo is", 60, () -> {
            assertThat(problems())
                    .anySatisfy(
                            note -> assertThat(note).contains("config.yaml:4:", "ipAddressPools/lan", "addresses[0]"));
            assertThat(lab.clarion().controllers()).anyMatch(pod -> typos(pod) > logged.getOrDefault(pod.name(), 0L));
        });
        // The other entries are in force as they are, and the bad one as it was.
        edit(sample().replace("192.168.50.219", TYPO).replace("203.0.113.0/24", "203.0.113.0/25"));
        Await.that(
                "the good entry's change is in force",
                60,
                () -> assertThat(lab.clarion().effective())
                        .contains("203.0.113.0/25", "192.168.50.200-192.168.50.219"));
        for (Pod pod : lab.clarion().controllers()) {
            assertThat(typos(pod) - logged.getOrDefault(pod.name(), 0L))
                    .as("lines about the typo in the log of %s", pod.name())
                    .isLessThanOrEqualTo(1);
        }
        assertThat(lab.web().allAddresses()).isEqualTo(before);
    }

    @Test
    void whatIsNoConfigurationAtAllIsRefusedWithoutGrowthOrRestart(Lab lab) {
        Map<String, List<String>> before = lab.web().allAddresses();
        String effective = inForce();
        Pod leader = lab.clarion().leader();
        int atFirst = 0;
        for (int round = 0; round < 4; round++) {
            for (Garbage garbage : List.of(Garbage.notYaml(round), Garbage.bomb(round), Garbage.large(round))) {
                edit(garbage.text());
                Await.that(
                        "the leader says: " + garbage.complaint(),
                        60,
                        () -> assertThat(lab.clarion().state(lab.clarion().leader()))
                                .contains(garbage.complaint()));
                assertThat(inForce()).isEqualTo(effective);
            }
            if (round == 0) {
                atFirst = leader.residentMegabytes();
            }
        }
        int atLast = leader.residentMegabytes();
        System.out.println(
                "ConfigIT: controller after the first round " + atFirst + " MB, after the fourth " + atLast + " MB");
        assertThat(atLast).as("resident MB of the controller").isLessThan(atFirst + 40);
        Pod now = lab.clarion().controllers().stream()
                .filter(pod -> pod.name().equals(leader.name()))
                .findFirst()
                .orElseThrow();
        assertThat(now.restarts()).isEqualTo(leader.restarts());
        assertThat(problems()).anySatisfy(note -> assertThat(note).contains("not YAML"));
        assertThat(lab.web().allAddresses()).isEqualTo(before);
        lab.web().awaitServed();
    }

    /** What is in force, without the remarks from which generation it was kept. */
    private String inForce() {
        return lab.clarion().effective().replaceAll("(?m)^ *(keptFrom|generation):.*\n", "");
    }

    /** How often a controller's log speaks of the typo. */
    private long typos(Pod pod) {
        return lab.clarion()
                .log(pod)
                .lines()
                .filter(line -> line.contains(TYPO))
                .count();
    }

    private List<String> problems() {
        return lab.clarion().events("ConfigMap", "clarion", "ConfigProblem");
    }

    /** The text of config.yaml in the sample, as its author wrote it. */
    private String sample() {
        String manifest = lab.file(Clarion.CONFIG);
        return manifest.substring(manifest.indexOf("config.yaml: |\n") + "config.yaml: |\n".length())
                .indent(-4);
    }

    private void edit(String text) {
        lab.kubectl().feed(Garbage.configMap(text), "replace", "-f", "-");
    }
}
