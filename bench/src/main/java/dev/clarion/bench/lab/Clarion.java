package dev.clarion.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clarion in the lab, as its manifest installs it. */
public record Clarion(Lab lab) {
    public static final String NAMESPACE = "clarion-system";
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    /** Installs it by the manifest that CLARION_MANIFEST names. Does not wait. */
    public void install() throws IOException {
        lab.apply(Files.readString(Path.of(System.getenv("CLARION_MANIFEST"))));
    }

    /** Until controller and speakers are as many as they should be, and ready. */
    public void ready() {
        lab.kubectl("-n", NAMESPACE, "rollout", "status", "deployment/clarion-controller", "--timeout", "120s");
        lab.kubectl("-n", NAMESPACE, "rollout", "status", "daemonset/clarion-speaker", "--timeout", "120s");
    }

    /** What a speaker says of itself on loopback. */
    public String state(String node) {
        return lab.tries("exec", node, "curl", "-s", "-m", "3", "http://127.0.0.1:7480/state")
                .out();
    }

    /** The metrics of a node's speaker. */
    public String metrics(String node) {
        return lab.tries(
                        "exec",
                        "host",
                        "curl",
                        "-s",
                        "-m",
                        "3",
                        "http://10.0.0.1" + node.substring(1) + ":7481/metrics")
                .out();
    }

    /** The process of a node's speaker. */
    public ProcessHandle speaker(String node) {
        return lab.speaker(node).orElseThrow(() -> new BenchException("no speaker runs on " + node));
    }

    /** Resident memory of a node's speaker, in MB of 1,048,576 bytes. */
    public double megabytes(String node) {
        Path status = Path.of("/proc", Long.toString(speaker(node).pid()), "status");
        try {
            Matcher resident = RESIDENT.matcher(Files.readString(status));
            return resident.find() ? Double.parseDouble(resident.group(1)) / 1024 : 0;
        } catch (IOException ended) {
            throw new BenchException("the speaker of " + node + " has ended");
        }
    }

    /** A new Pod in place of one whose container was started anew: the next kill must not meet the kubelet's back-off. */
    public void replaceRestarted(String node) {
        ready();
        String pods = lab.kubectl(
                "-n",
                NAMESPACE,
                "get",
                "pods",
                "-l",
                "app.kubernetes.io/component=speaker",
                "--field-selector=spec.nodeName=" + node,
                "-o",
                "jsonpath={range .items[*]}{.metadata.name} {.status.containerStatuses[0].restartCount}{'\\n'}{end}");
        pods.lines()
                .map(line -> line.split(" ", -1))
                .filter(pod -> pod.length == 2 && !pod[1].equals("0"))
                .forEach(pod -> lab.kubectl("-n", NAMESPACE, "delete", "pod", pod[0]));
        ready();
    }

    /** What the speakers have said of late. */
    public String logs() {
        return lab.tries(
                        "kubectl",
                        "-n",
                        NAMESPACE,
                        "logs",
                        "-l",
                        "app.kubernetes.io/component=speaker",
                        "--prefix",
                        "--since=60s",
                        "--tail=200")
                .out();
    }
}
