package dev.clarion.speaker;

import dev.clarion.announcement.membership.Profile;
import dev.clarion.announcement.ownership.Settings;
import dev.clarion.telemetry.LogLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags of the speaker. */
final class SpeakerOptions {
    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "how to reach the API server, outside a Pod")
    Optional<Path> kubeconfig = Optional.empty();

    @Option(names = "--namespace", paramLabel = "NAME", description = "Clarion's namespace (default: the Pod's)")
    Optional<String> namespace = Optional.empty();

    @Option(
            names = "--node-name",
            paramLabel = "NAME",
            required = true,
            defaultValue = "${env:NODE_NAME}",
            description = "the node this runs on (default: $NODE_NAME)")
    String nodeName = "";

    @Option(
            names = "--daemonset",
            paramLabel = "NAME",
            defaultValue = "clarion-speaker",
            description = "the DaemonSet that runs this; if it is gone when the speaker stops, routes are withdrawn"
                    + " (default: ${DEFAULT-VALUE})")
    String daemonSet = "clarion-speaker";

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "INFO",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    LogLevel logLevel = LogLevel.INFO;

    @Option(
            names = "--probe-port",
            paramLabel = "PORT",
            defaultValue = "7480",
            description = "/healthz, /readyz and /state on loopback; 0 takes a free one (default: ${DEFAULT-VALUE})")
    int probePort = 7480;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "7481",
            description = "/metrics; 0 takes a free one (default: ${DEFAULT-VALUE})")
    int metricsPort = 7481;

    @Option(
            names = "--metrics-address",
            paramLabel = "IP",
            defaultValue = "${env:NODE_IP:-127.0.0.1}",
            description = "where /metrics listens (default: $NODE_IP, else loopback)")
    String metricsAddress = "127.0.0.1";

    @Option(
            names = "--heartbeat-port",
            paramLabel = "PORT",
            defaultValue = "7482",
            description = "UDP port of heartbeats between speakers, on the node's and the segments' addresses; the same"
                    + " on all nodes (default: ${DEFAULT-VALUE})")
    int heartbeatPort = 7482;

    @Option(
            names = "--heartbeat-keys",
            paramLabel = "DIR",
            defaultValue = "/etc/clarion/heartbeat",
            description = "where the Secret clarion-heartbeat is mounted, for starts while the API server is away"
                    + " (default: ${DEFAULT-VALUE})")
    Path heartbeatKeys = Path.of("/etc/clarion/heartbeat");

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "/var/lib/clarion",
            description = "a directory of the node, to start from while the API server is away"
                    + " (default: ${DEFAULT-VALUE})")
    Path stateDir = Path.of("/var/lib/clarion");

    @Option(
            names = "--failover-profile",
            paramLabel = "PROFILE",
            defaultValue = "NORMAL",
            description = "how fast a silent node is given up, the same on all nodes: ${COMPLETION-CANDIDATES}"
                    + " (default: ${DEFAULT-VALUE})")
    Profile failoverProfile = Profile.NORMAL;

    @Option(
            names = "--away-limit",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "for how long others answer in the name of a speaker that is away before its addresses move,"
                    + " the same on all nodes (default: ${DEFAULT-VALUE})")
    int awayLimit = 30;

    @Option(
            names = "--no-caretaker",
            description = "nobody answers in the name of another node, as switches with dynamic ARP inspection demand;"
                    + " addresses of a speaker that is away move after a second. The same on all nodes")
    boolean noCaretaker;

    @Option(
            names = "--no-rebalance",
            description = "addresses are not moved to nodes that have much fewer. The same on all nodes")
    boolean noRebalance;

    @Option(
            names = "--keep-flows",
            description = "established connections survive planned moves between nodes that have this; needs the"
                    + " capability NET_ADMIN")
    boolean keepFlows;

    @Option(
            names = "--no-cordon",
            description = "a cordoned node keeps its addresses until it is emptied. The same on all nodes")
    boolean noCordon;

    /** What is the same on all nodes. */
    Settings ownership() {
        return new Settings(
                failoverProfile,
                Settings.DEFAULT.monitors(),
                Duration.ofSeconds(awayLimit),
                !noCaretaker,
                !noRebalance,
                Settings.DEFAULT.linger(),
                !noCordon);
    }

    @Option(
            names = "--bgp-listen",
            paramLabel = "IP:PORT",
            description = "also accept BGP connections of configured peers there, for instance 192.0.2.1:179 or"
                    + " [2001:db8::1]:179 (default: only dial)")
    Optional<String> bgpListen = Optional.empty();
}
