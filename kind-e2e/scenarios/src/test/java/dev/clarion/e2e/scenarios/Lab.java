package dev.clarion.e2e.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The lab that all scenarios share, with Clarion in it as a user would install it. Up when it is made, down when it is closed.
 * {@code CLARION_SCENARIOS_KEEP=1} in the environment takes the one that is up already and leaves it up, for who works on a
 * scenario.
 */
final class Lab implements AutoCloseable {
    static final List<String> NODES = List.of("n1", "n2", "n3");
    private static final String NAME = "scenarios";
    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Path root = Path.of(System.getProperty("clarion.root", "."));
    private final boolean keep = "1".equals(System.getenv("CLARION_SCENARIOS_KEEP"));
    private final Kubectl kubectl = new Kubectl(this);
    private final Clarion clarion = new Clarion(this);
    private final Web web = new Web(this);
    private final Segment segment = new Segment(this);
    private final Router router = new Router(this);

    private Lab() {}

    /** Brings it up, which takes half a minute, or minutes on a busy machine. */
    static Lab up() {
        Lab lab = new Lab();
        Path image = lab.root.resolve("dist/clarion.tar");
        if (!Files.isRegularFile(image)) {
            throw new AssertionError("there is no " + image + "; make image makes it");
        }
        try {
            lab.start(image);
            return lab;
        } catch (RuntimeException | Error failed) {
            System.err.println(lab.whatIs());
            lab.close();
            throw failed;
        }
    }

    private void start(Path image) {
        if (!keep) {
            verb(LONG, "", List.of("down"));
        }
        // A machine that is very busy may let its first start run out of time.
        if (!verb(LONG, "", List.of("up")).good()) {
            verb(LONG, "", List.of("up")).ok();
        }
        verb(LONG, "", List.of("images", image.toString())).ok();
        clarion.install();
        web.create();
        clarion.awaitReady();
        web.awaitServed();
    }

    @Override
    public void close() {
        if (!keep) {
            verb(LONG, "", List.of("down")).ok();
        }
    }

    Kubectl kubectl() {
        return kubectl;
    }

    /** The controller and the speakers. */
    Clarion clarion() {
        return clarion;
    }

    /** What is served. */
    Web web() {
        return web;
    }

    /** The layer-2 segment, asked from {@code near}. */
    Segment segment() {
        return segment;
    }

    /** The router that nodes dial. */
    Router router() {
        return router;
    }

    /** The checkout. */
    Path root() {
        return root;
    }

    /** A file of the checkout. */
    String file(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What one of the lab's own daemons has logged. */
    String log(String daemon) {
        String labs = System.getenv().getOrDefault("CLARION_LAB_DIR", "/var/tmp/clarion-lab");
        return file(Path.of(labs, NAME, "logs", daemon + ".log").toString());
    }

    /** Runs a command at a place of the lab: a node, near, far, router or host. */
    Ran exec(String place, String... command) {
        List<String> words = new ArrayList<>(List.of("exec", place));
        words.addAll(List.of(command));
        return verb(SHORT, "", words);
    }

    /** All links of a node go down. */
    void breakNode(String node) {
        breakNode(node, "down");
    }

    /** All links of a node go down, or become a black hole. */
    void breakNode(String node, String how) {
        verb(SHORT, "", List.of("break", node, "--how", how)).ok();
    }

    void heal(String node) {
        verb(LONG, "", List.of("heal", node)).ok();
    }

    /** The command line of a verb, for what runs beside the test. */
    List<String> command(String... verb) {
        List<String> words =
                new ArrayList<>(List.of(root.resolve("kind-e2e/lab/lab").toString(), "--name", NAME));
        words.addAll(List.of(verb));
        return words;
    }

    /** One that takes no time. */
    Ran verb(List<String> verb) {
        return verb(SHORT, "", verb);
    }

    Ran verb(Duration limit, String input, List<String> verb) {
        return Ran.run(root, limit, input, command(verb.toArray(String[]::new)));
    }

    /** What a person would look at first when something has failed. */
    String whatIs() {
        StringBuilder text = new StringBuilder("\n==== the lab at the time of the failure ====\n");
        for (List<String> question : List.of(
                List.of("get", "nodes"),
                List.of("get", "pods", "-A", "-o", "wide"),
                List.of("get", "services", "-A"),
                List.of("-n", Kubectl.NAMESPACE, "get", "configmaps", "-o", "yaml", "-l", "!clarion.dev/part"),
                List.of("get", "events.events.k8s.io", "-A", "--sort-by=.metadata.creationTimestamp"))) {
            Ran ran = kubectl.tries(question.toArray(String[]::new));
            text.append("\n$ kubectl ").append(String.join(" ", question)).append('\n');
            text.append(tail(ran.out() + ran.err(), 80));
        }
        for (String component : List.of("controller", "speaker")) {
            Ran ran = kubectl.tries(
                    "-n",
                    Kubectl.NAMESPACE,
                    "logs",
                    "-l",
                    "app.kubernetes.io/component=" + component,
                    "--prefix",
                    "--tail",
                    "25");
            text.append("\n$ logs of every ").append(component).append('\n').append(ran.out() + ran.err());
        }
        return text.toString();
    }

    private static String tail(String text, int count) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size())) + "\n";
    }
}
