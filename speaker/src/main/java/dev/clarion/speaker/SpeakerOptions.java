package dev.clarion.speaker;

import dev.clarion.telemetry.LogLevel;
import java.nio.file.Path;
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
            names = "--bgp-listen",
            paramLabel = "IP:PORT",
            description = "also accept BGP connections of configured peers there, for instance 192.0.2.1:179 or"
                    + " [2001:db8::1]:179 (default: only dial)")
    Optional<String> bgpListen = Optional.empty();
}
