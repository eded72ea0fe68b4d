package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Clarion as it is installed in the lab: its Pods, its ConfigMaps, its logs and metrics. */
final class Clarion {
    /** As shipped, with the option that keeps connections. */
    static final String MANIFEST = "deploy/overlays/keep-flows";

    static final String CONFIG = "config-samples/lab.yaml";
    private static final Pattern OWNED =
            Pattern.compile("- address: \"([^\"]+)\"\\s+interface: \"eth1\"\\s+mac: \"([^\"]+)\"");

    private static final JsonMapper JSON = new JsonMapper();

    private final Lab lab;

    Clarion(Lab lab) {
        this.lab = lab;
    }

    /** As a user would. */
    void install() {
        lab.kubectl().run("apply", "-k", lab.root().resolve(MANIFEST).toString());
        lab.kubectl().apply(lab.file(CONFIG));
    }

    /** Puts the roles and programs back as they are shipped. */
    void restoreManifest() {
        lab.kubectl().run("apply", "-k", lab.root().resolve(MANIFEST).toString());
    }

    /** Puts the configuration back. Replaced, not applied: what a test wrote may be too large for the annotation of apply. */
    void restoreConfig() {
        lab.kubectl().feed(lab.file(CONFIG), "replace", "-f", "-");
    }

    /** Until every Pod is new enough and ready. */
    void awaitReady() {
        Await.that("controller and speakers are ready", 240, () -> {
            assertThat(controllers()).hasSize(2).allMatch(Pod::ready);
            assertThat(speakers()).hasSize(3).allMatch(Pod::ready);
        });
    }

    List<Pod> controllers() {
        return pods("controller");
    }

    List<Pod> speakers() {
        return pods("speaker");
    }

    Pod speaker(String node) {
        return speakers().stream()
                .filter(pod -> pod.node().equals(node))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no speaker on " + node));
    }

    private List<Pod> pods(String component) {
        return lab
                .kubectl()
                .list("pods", "-n", Kubectl.NAMESPACE, "-l", "app.kubernetes.io/component=" + component)
                .stream()
                .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
                .map(Pod::of)
                .sorted(Comparator.comparing(Pod::node).thenComparing(Pod::name))
                .toList();
    }

    /** Which controller leads: the Lease says so. */
    Pod leader() {
        String holder = lab.kubectl()
                .get("lease", "clarion-controller", "-n", Kubectl.NAMESPACE)
                .path("spec")
                .path("holderIdentity")
                .asText();
        return controllers().stream()
                .filter(pod -> holder.startsWith(pod.name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the Lease is held by \"" + holder + "\", which is no Pod"));
    }

    /** What the controllers have logged, all of them, since their start. */
    String controllerLog() {
        return controllers().stream().map(this::log).collect(Collectors.joining());
    }

    /** What a controller's /state says. */
    String state(Pod controller) {
        return lab.exec("host", "curl", "-s", "-m", "10", "http://" + controller.ip() + ":7480/state")
                .ok();
    }

    String log(Pod pod) {
        return lab.kubectl().own("logs", pod.name());
    }

    /** Which nodes say that they own an address on the segment, and with which MAC address. */
    Map<String, String> owners(String address) {
        Map<String, String> owners = new TreeMap<>();
        for (String node : Lab.NODES) {
            Matcher owned = OWNED.matcher(data("clarion-node-" + node, "status.yaml"));
            while (owned.find()) {
                if (owned.group(1).equals(address)) {
                    owners.put(node, owned.group(2));
                }
            }
        }
        return owners;
    }

    /** The one node that says so; an error while it is not exactly one. */
    String owner(String address) {
        Map<String, String> owners = owners(address);
        assertThat(owners)
                .as("owners of %s by the ConfigMaps clarion-node-*", address)
                .hasSize(1);
        return owners.keySet().iterator().next();
    }

    /** Who owns which address of layer 2, and since which epoch, as a node's speaker says: "n1 #441802233600000". */
    Map<String, String> records(String node) {
        Map<String, String> records = new TreeMap<>();
        for (JsonNode record : state(node).path("ownership").path("records")) {
            if (!record.path("released").asBoolean()) {
                records.put(
                        record.path("address").asText(),
                        record.path("owner").asText() + " #"
                                + record.path("epoch").asText());
            }
        }
        return records;
    }

    /** What a node's speaker says of its sessions with routers, by the peer's name. */
    Map<String, JsonNode> peers(String node) {
        Map<String, JsonNode> peers = new TreeMap<>();
        state(node).path("peers").forEach(peer -> peers.put(peer.path("peer").asText(), peer));
        return peers;
    }

    /** What a node's speaker says of everything. */
    private JsonNode state(String node) {
        try {
            return JSON.readTree(lab.exec(node, "curl", "-s", "-m", "10", "http://127.0.0.1:7480/state")
                    .ok());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What all speakers say of some addresses; an error while they do not say the same. */
    Map<String, String> records(List<String> addresses) {
        Map<String, String> first = new TreeMap<>();
        for (String node : Lab.NODES) {
            Map<String, String> records = records(node);
            records.keySet().retainAll(addresses);
            assertThat(records.keySet()).as("addresses that %s knows", node).containsAll(addresses);
            if (first.isEmpty()) {
                first.putAll(records);
            }
            assertThat(records).as("what %s says, and n1", node).isEqualTo(first);
        }
        return first;
    }

    /** A value of one of Clarion's ConfigMaps. */
    String data(String map, String key) {
        return lab.kubectl()
                .get("configmap", map, "-n", Kubectl.NAMESPACE)
                .path("data")
                .path(key)
                .asText();
    }

    String effective() {
        return data("clarion-effective", "effective.yaml");
    }

    /** The ledger: by address its line. */
    Map<String, String> ledger() {
        Map<String, String> entries = new TreeMap<>();
        for (JsonNode map :
                lab.kubectl().list("configmaps", "-n", Kubectl.NAMESPACE, "-l", "clarion.dev/part=ledger")) {
            map.path("data").properties().stream()
                    // What rests is nobody's any more.
                    .filter(entry -> !entry.getValue().asText().contains("\"released\""))
                    .forEach(entry ->
                            entries.put(entry.getKey(), entry.getValue().asText()));
        }
        return entries;
    }

    /** The notes of the events about an object, newest API, from anywhere. */
    List<String> events(String kind, String name, String reason) {
        return Stream.of(lab.kubectl().list("events.events.k8s.io", "-A"))
                .flatMap(List::stream)
                .filter(event -> event.path("regarding").path("kind").asText().equals(kind)
                        && event.path("regarding").path("name").asText().equals(name)
                        && event.path("reason").asText().equals(reason))
                .map(event -> event.path("note").asText())
                .toList();
    }

    /** The sum of a speaker's counter over the samples that have all of the labels. */
    double metric(Pod speaker, String name, String... labels) {
        String text = lab.exec("host", "curl", "-s", "-m", "10", "http://" + speaker.ip() + ":7481/metrics")
                .ok();
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Stream.of(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
