package dev.clarion.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rights in the manifest are those that the programs use, no more and no less: every verb has a request here that
 * works with the manifest as shipped and is forbidden when that verb is taken away.
 */
class RbacIT {
    private static final String NS = "clarion-system";
    private static final String MAPS = "/api/v1/namespaces/" + NS + "/configmaps";
    private static final String SECRETS = "/api/v1/namespaces/" + NS + "/secrets";
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/" + NS + "/leases";
    private static final String EVENTS = "/apis/events.k8s.io/v1/namespaces/default/events";
    private static final String ONE = "?fieldSelector=metadata.name%3D";
    private static final String WATCH = "watch=true&timeoutSeconds=1";
    private static final String METALLB_MAPS = "/api/v1/namespaces/metallb-system/configmaps";
    private static final List<String> METALLB = List.of(
            "ipaddresspools", "l2advertisements", "bgpadvertisements", "bgppeers", "bfdprofiles", "communities");

    /**
     * A request that a program makes.
     *
     * @param right {@code resource[/subresource][:name] verb}, as the manifest grants it
     * @param path with its query
     */
    record Use(String program, String right, String method, String path) {
        @Override
        public String toString() {
            return program + " " + right;
        }
    }

    private static Use controller(String right, String method, String path) {
        return new Use("clarion-controller", right, method, path);
    }

    private static Use speaker(String right, String method, String path) {
        return new Use("clarion-speaker", right, method, path);
    }

    /** Who needs what. The objects named need not exist: rights are looked at first. */
    static Stream<Use> uses() {
        return Stream.concat(metallb(), own());
    }

    /** The controller's looks at MetalLB; the kinds need not exist either. */
    private static Stream<Use> metallb() {
        Stream<Use> kinds = METALLB.stream()
                .flatMap(kind -> Stream.of(
                        controller(kind + " list", "GET", "/apis/metallb.io/v1beta1/" + kind),
                        controller(kind + " watch", "GET", "/apis/metallb.io/v1beta1/" + kind + "?" + WATCH),
                        controller(
                                "customresourcedefinitions:" + kind + ".metallb.io get",
                                "GET",
                                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + kind + ".metallb.io")));
        return Stream.concat(
                kinds,
                Stream.of(
                        controller(
                                "ipaddresspools/status patch",
                                "PATCH",
                                "/apis/metallb.io/v1beta1/namespaces/default/ipaddresspools/x/status"),
                        controller("configmaps:config get", "GET", METALLB_MAPS + "/config"),
                        controller("configmaps:config list", "GET", METALLB_MAPS + ONE + "config"),
                        controller("configmaps:config watch", "GET", METALLB_MAPS + ONE + "config&" + WATCH),
                        controller("pods list", "GET", "/api/v1/pods?labelSelector=app%3Dmetallb"),
                        controller("pods watch", "GET", "/api/v1/pods?labelSelector=app%3Dmetallb&" + WATCH)));
    }

    private static Stream<Use> own() {
        return Stream.of(
                // Controller: reads Services (get: confirms before an address is freed), writes their status.
                controller("services list", "GET", "/api/v1/services"),
                controller("services watch", "GET", "/api/v1/services?" + WATCH),
                controller("services get", "GET", "/api/v1/namespaces/default/services/x"),
                controller("services/status patch", "PATCH", "/api/v1/namespaces/default/services/x/status"),
                controller("namespaces list", "GET", "/api/v1/namespaces"),
                controller("namespaces watch", "GET", "/api/v1/namespaces?" + WATCH),
                controller("nodes list", "GET", "/api/v1/nodes"),
                controller("nodes watch", "GET", "/api/v1/nodes?" + WATCH),
                controller("servicecidrs list", "GET", "/apis/networking.k8s.io/v1/servicecidrs"),
                // The configuration, what is published of it, and the ledger.
                controller("configmaps list", "GET", MAPS),
                controller("configmaps watch", "GET", MAPS + "?" + WATCH),
                controller("configmaps get", "GET", MAPS + "/clarion-ledger-192.168.50.0"),
                controller("configmaps create", "POST", MAPS),
                controller("configmaps update", "PUT", MAPS + "/clarion-ledger-192.168.50.0"),
                // Leader election: the watch wakes a replica when the Lease is given back.
                controller("leases create", "POST", LEASES),
                controller("leases:clarion-controller get", "GET", LEASES + "/clarion-controller"),
                controller("leases:clarion-controller update", "PUT", LEASES + "/clarion-controller"),
                controller("leases:clarion-controller list", "GET", LEASES + ONE + "clarion-controller"),
                controller("leases:clarion-controller watch", "GET", LEASES + ONE + "clarion-controller&" + WATCH),
                // The key of heartbeats, made if it is missing.
                controller("secrets:clarion-heartbeat get", "GET", SECRETS + "/clarion-heartbeat"),
                controller("secrets create", "POST", SECRETS),
                controller("events create", "POST", EVENTS),
                controller("events patch", "PATCH", EVENTS + "/x"),
                // Speaker: what it decides from.
                speaker("services list", "GET", "/api/v1/services"),
                speaker("services watch", "GET", "/api/v1/services?" + WATCH),
                speaker("nodes list", "GET", "/api/v1/nodes"),
                speaker("nodes watch", "GET", "/api/v1/nodes?" + WATCH),
                speaker("endpointslices list", "GET", "/apis/discovery.k8s.io/v1/endpointslices"),
                speaker("endpointslices watch", "GET", "/apis/discovery.k8s.io/v1/endpointslices?" + WATCH),
                speaker("configmaps:clarion-effective list", "GET", MAPS + ONE + "clarion-effective"),
                speaker("configmaps:clarion-effective watch", "GET", MAPS + ONE + "clarion-effective&" + WATCH),
                speaker("secrets list", "GET", SECRETS + ONE + "clarion-heartbeat"),
                speaker("secrets watch", "GET", SECRETS + ONE + "clarion-heartbeat&" + WATCH),
                // Its status and its Lease, by server-side apply, which creates what is not there.
                speaker("configmaps create", "APPLY", MAPS + "/clarion-node-n1"),
                speaker("configmaps patch", "APPLY", MAPS + "/clarion-node-n1"),
                speaker("leases create", "APPLY", LEASES + "/clarion-speaker-n1"),
                speaker("leases patch", "APPLY", LEASES + "/clarion-speaker-n1"),
                speaker("leases list", "GET", LEASES),
                speaker("leases watch", "GET", LEASES + "?" + WATCH),
                speaker(
                        "daemonsets:clarion-speaker get",
                        "GET",
                        "/apis/apps/v1/namespaces/" + NS + "/daemonsets/clarion-speaker"),
                speaker("events create", "POST", EVENTS),
                speaker("events patch", "PATCH", EVENTS + "/x"));
    }

    private static ControlPlane plane;
    private static KubernetesClient admin;
    private static List<HasMetadata> manifest;

    @BeforeAll
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    static void up() throws Exception {
        plane = ControlPlane.start();
        admin = plane.patientClient();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("metallb-system")
                        .endMetadata()
                        .build())
                .create();
        manifest = manifest();
        manifest.forEach(object -> admin.resource(object).createOr(existing -> existing.update()));
    }

    @AfterAll
    static void down() throws Exception {
        admin.close();
        plane.close();
    }

    /** What everybody applies, and what those with a ConfigMap of MetalLB's apply besides. */
    private static List<HasMetadata> manifest() throws IOException {
        List<HasMetadata> objects = new ArrayList<>();
        for (String name : List.of("clarion.yaml", "metallb-configmap.yaml")) {
            Path file = Path.of(System.getProperty("clarion.root", "..")).resolve("deploy/manifest/" + name);
            try (InputStream in = Files.newInputStream(file)) {
                objects.addAll(admin.load(in).items());
            }
        }
        return objects;
    }

    @Test
    void theManifestGrantsWhatIsUsedAndNothingElse() {
        Set<String> granted = new TreeSet<>();
        for (HasMetadata object : manifest) {
            for (PolicyRule rule : rules(object)) {
                for (String resource : rule.getResources()) {
                    for (String name : rule.getResourceNames().isEmpty() ? List.of("") : rule.getResourceNames()) {
                        String what = resource + (name.isEmpty() ? "" : ":" + name);
                        rule.getVerbs()
                                .forEach(
                                        verb -> granted.add(object.getMetadata().getName() + " " + what + " " + verb));
                    }
                }
            }
        }
        assertThat(granted)
                .containsExactlyInAnyOrderElementsOf(uses().map(Use::toString).toList());
    }

    @Test
    void theConfigurationIsNoPartOfTheManifest() {
        assertThat(manifest)
                .noneMatch(object ->
                        object.getKind().equals("ConfigMap") || object.getKind().equals("Secret"));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void aUseWorksAsShippedAndIsForbiddenWithoutItsVerb(Use use) {
        try (KubernetesClient client = plane.clientAs("system:serviceaccount:" + NS + ":" + use.program())) {
            ApiCalls calls = new ApiCalls(client);
            await().atMost(Duration.ofSeconds(60)).until(() -> !forbidden(calls, use));
            List<HasMetadata> changed = without(use);
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> forbidden(calls, use));
            } finally {
                changed.forEach(object -> {
                    object.getMetadata().setResourceVersion(null);
                    admin.resource(object).update();
                });
            }
        }
    }

    private static boolean forbidden(ApiCalls calls, Use use) {
        String name = use.path().replaceAll("\\?.*", "").replaceAll(".*/", "");
        String kind =
                use.path().startsWith(MAPS) ? "v1\",\"kind\":\"ConfigMap" : "coordination.k8s.io/v1\",\"kind\":\"Lease";
        String applied = "{\"apiVersion\":\"" + kind + "\",\"metadata\":{\"name\":\"" + name + "\"}}";
        if (use.right().endsWith(" create") && use.method().equals("APPLY")) {
            // Only an object that is not there shows whether it may be created.
            new ApiCalls(admin).send("DELETE", use.path(), ApiCalls.JSON, "{}");
        }
        ApiReply reply = switch (use.method()) {
            case "GET" -> calls.get(use.path());
            case "APPLY" -> calls.send("PATCH", use.path() + "?force=true", ApiCalls.APPLY_PATCH, applied);
            case "PATCH" -> calls.send("PATCH", use.path(), ApiCalls.MERGE_PATCH, "{}");
            case "POST", "PUT" -> calls.send(use.method(), use.path(), ApiCalls.JSON, "{}");
            default -> throw new IllegalArgumentException(use.method());
        };
        return switch (reply) {
            case ApiReply.Answer answer -> answer.code() == 403;
            case ApiReply.NoAnswer(String why) -> throw new AssertionError(use + ": " + why);
        };
    }

    private static List<PolicyRule> rules(HasMetadata object) {
        return switch (object) {
            case ClusterRole role -> role.getRules();
            case Role role -> role.getRules();
            default -> List.of();
        };
    }

    /** Takes one verb away in the cluster; returns the roles as they were. */
    private static List<HasMetadata> without(Use use) {
        String[] right = use.right().split(" ", -1);
        String[] what = right[0].split(":", -1);
        List<String> names = what.length == 1 ? List.of() : List.of(what[1]);
        List<HasMetadata> changed = new ArrayList<>();
        for (HasMetadata shipped : manifest) {
            HasMetadata copy = admin.getKubernetesSerialization().clone(shipped);
            boolean touched = false;
            for (PolicyRule rule :
                    shipped.getMetadata().getName().equals(use.program()) ? rules(copy) : List.<PolicyRule>of()) {
                if (rule.getResources().contains(what[0])
                        && rule.getResourceNames().isEmpty() == names.isEmpty()
                        && rule.getResourceNames().containsAll(names)) {
                    List<String> verbs = new ArrayList<>(rule.getVerbs());
                    touched |= verbs.remove(right[1]);
                    rule.setVerbs(verbs.isEmpty() ? List.of("none") : verbs);
                }
            }
            if (touched) {
                changed.add(shipped);
                admin.resource(copy).update();
            }
        }
        assertThat(changed).as("where %s is granted", use).hasSize(1);
        return changed;
    }
}
