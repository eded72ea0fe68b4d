package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clarion runs with the rights of the manifest and no others: take one away and it shows, give it back and it heals. */
@ExtendWith(OnLab.class)
class RbacIT {
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: rights, namespace: default, annotations: {clarion.dev/address-pool: lan}}
            spec:
              type: LoadBalancer
              selector: {app: web}
              ports: [{port: 80, targetPort: 8080}]
            """;

    private final Lab lab;

    RbacIT(Lab lab) {
        this.lab = lab;
    }

    @AfterEach
    void asBefore() {
        lab.clarion().restoreManifest();
        lab.kubectl().tries("delete", "service", "rights", "--ignore-not-found");
        lab.clarion().awaitReady();
        lab.web().awaitServed();
    }

    @Test
    void withoutTheRightToPatchStatusAServiceStaysWithoutAddressUntilItIsBack(Lab lab) {
        Pod leader = lab.clarion().leader();
        remove("clarion-controller", "services/status");
        lab.kubectl().apply(SERVICE);
        Await.that(
                "the log says which right is missing",
                60,
                () -> assertThat(lab.clarion().controllerLog().lines())
                        .anySatisfy(line -> assertThat(line).contains("default/rights", "403", "services/status")));
        assertThat(lab.web().addresses("rights")).isEmpty();

        lab.clarion().restoreManifest();
        Await.that(
                "the Service has its address",
                90,
                () -> assertThat(lab.web().addresses("rights")).hasSize(1));
        assertThat(lab.clarion().controllers())
                .filteredOn(pod -> pod.name().equals(leader.name()))
                .as("healed without a restart")
                .allMatch(pod -> pod.restarts() == leader.restarts())
                .hasSize(1);
    }

    @Test
    void withoutTheRightToSeeEndpointsASpeakerThatStartsIsNotReady(Lab lab) {
        String owner = lab.clarion().owner(lab.web().addresses("web-l2").getFirst());
        Pod old = lab.clarion().speaker(owner);
        remove("clarion-speaker", "endpointslices");
        lab.kubectl().own("delete", "pod", old.name());
        Await.that("the new speaker says what it waits for", 120, () -> {
            Pod fresh = lab.clarion().speaker(owner);
            assertThat(fresh.name()).isNotEqualTo(old.name());
            assertThat(fresh.ready()).isFalse();
            assertThat(lab.exec(owner, "curl", "-s", "-m", "5", "http://127.0.0.1:7480/readyz")
                            .out())
                    .contains("not listed yet: EndpointSlices");
            assertThat(lab.clarion().log(fresh)).contains("endpointslices", "403");
        });

        Pod waiting = lab.clarion().speaker(owner);
        lab.clarion().restoreManifest();
        Await.that(
                "it is ready as soon as it may look",
                120,
                () -> assertThat(lab.clarion().speaker(owner))
                        .matches(pod -> pod.name().equals(waiting.name()) && pod.ready()));
    }

    /** Takes the rule for a resource out of a ClusterRole. */
    private void remove(String role, String resource) {
        JsonNode rules = lab.kubectl().get("clusterrole", role).path("rules");
        for (int i = 0; i < rules.size(); i++) {
            if (rules.path(i).path("resources").toString().contains("\"" + resource + "\"")) {
                lab.kubectl()
                        .run(
                                "patch",
                                "clusterrole",
                                role,
                                "--type=json",
                                "-p=[{\"op\":\"remove\",\"path\":\"/rules/" + i + "\"}]");
                return;
            }
        }
        throw new AssertionError("ClusterRole " + role + " has no rule for " + resource);
    }
}
