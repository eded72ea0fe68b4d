package dev.clarion.controller;

import dev.clarion.config.Names;
import dev.clarion.controller.metallb.MetallbSettings;
import dev.clarion.kube.KubeAccess;
import dev.clarion.kube.KubeException;
import dev.clarion.kube.LeaderElection;
import dev.clarion.kube.ObjectKey;
import dev.clarion.telemetry.LogLevel;
import dev.clarion.telemetry.Logging;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program {@code clarion-controller}: reads its flags, starts a {@link Controller}, and stops it on SIGTERM. */
@Command(
        name = "clarion-controller",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        description = "Assigns addresses to Services of type LoadBalancer, from the pools in the ConfigMap clarion.")
public final class Main implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Default: the service account of the Pod.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "Where Clarion lives. Default: that of the Pod, else " + Names.DEFAULT_NAMESPACE + ".")
    private @Nullable String namespace;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "INFO",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private LogLevel logLevel = LogLevel.INFO;

    @Option(
            names = "--listen-address",
            paramLabel = "ADDRESS",
            defaultValue = "::",
            description = "Where probes and metrics are served. Default: every address of the Pod.")
    private String listenAddress = "::";

    @Option(
            names = "--probe-port",
            paramLabel = "PORT",
            defaultValue = "7480",
            description = "/healthz, /readyz and /state. 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int probePort;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "7481",
            description = "/metrics. 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int metricsPort;

    @Option(
            names = "--lb-class",
            paramLabel = "CLASS",
            defaultValue = Names.LOAD_BALANCER_CLASS,
            description = "The load balancer class that is ours. Services without a class are ours too."
                    + " Default: ${DEFAULT-VALUE}.")
    private String lbClass = Names.LOAD_BALANCER_CLASS;

    @Option(
            names = "--metallb-resources",
            arity = "1",
            paramLabel = "BOOL",
            defaultValue = "true",
            description = "Whether resources of group metallb.io are read where the cluster has them."
                    + " Default: ${DEFAULT-VALUE}.")
    private boolean metallbResources = true;

    @Option(
            names = "--metallb-namespaces",
            split = ",",
            paramLabel = "NAME",
            description = "Where they count: whoever may write them there configures the load balancer. Default: "
                    + MetallbSettings.NAMESPACE + " and where Clarion lives.")
    private List<String> metallbNamespaces = new ArrayList<>();

    @Option(
            names = "--metallb-configmap",
            paramLabel = "NAMESPACE/NAME",
            defaultValue = MetallbSettings.NAMESPACE + "/" + MetallbSettings.CONFIG_MAP,
            description =
                    "MetalLB's ConfigMap of release 0.12 and before; none: not read." + " Default: ${DEFAULT-VALUE}.")
    private String metallbConfigMap = MetallbSettings.NAMESPACE + "/" + MetallbSettings.CONFIG_MAP;

    @Option(
            names = "--ignore-metallb",
            description =
                    "Serve Services without a load balancer class even while MetalLB runs, which serves them too.")
    private boolean ignoreMetallb;

    @Option(
            names = "--lease",
            paramLabel = "NAME",
            defaultValue = Names.CONTROLLER_LEASE,
            description = "The Lease by which replicas elect a leader. Default: ${DEFAULT-VALUE}.")
    private String lease = Names.CONTROLLER_LEASE;

    /** Entry point; the exit code is 0 after SIGTERM, 1 if it could not run, 2 if the flags are wrong. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
        int code = line.execute(args);
        if (code != 0 || line.isUsageHelpRequested() || line.isVersionHelpRequested()) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() {
        Logging.setUp(logLevel);
        String where = KubeAccess.namespace(Optional.ofNullable(namespace));
        Settings settings = new Settings(
                where,
                lbClass,
                metallb(where),
                LeaderElection.Settings.standard(where, lease, identity()),
                new InetSocketAddress(listenAddress, probePort),
                new InetSocketAddress(listenAddress, metricsPort),
                version());
        Controller controller;
        try {
            controller = new Controller(
                    KubeAccess.connect(Optional.ofNullable(kubeconfig), "clarion-controller/" + version()), settings);
        } catch (KubeException | IOException impossible) {
            LOG.atError().addKeyValue("why", impossible.getMessage()).log("cannot start");
            return CommandLine.ExitCode.SOFTWARE;
        }
        LOG.atInfo()
                .addKeyValue("version", version())
                .addKeyValue("namespace", where)
                .addKeyValue("identity", settings.election().identity())
                .log("started");
        stopOnSignal(controller);
        return awaitSignal();
    }

    private MetallbSettings metallb(String where) {
        MetallbSettings standard = MetallbSettings.standard(where);
        Set<String> namespaces = metallbNamespaces.isEmpty() ? standard.namespaces() : Set.copyOf(metallbNamespaces);
        int slash = metallbConfigMap.indexOf('/');
        boolean none = metallbConfigMap.equals("none");
        if (!none && (slash < 1 || slash == metallbConfigMap.length() - 1)) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this),
                    "--metallb-configmap " + metallbConfigMap + ": write namespace/name, or none");
        }
        Optional<ObjectKey> map = none
                ? Optional.empty()
                : Optional.of(
                        new ObjectKey(metallbConfigMap.substring(0, slash), metallbConfigMap.substring(slash + 1)));
        return new MetallbSettings(metallbResources, namespaces, map, ignoreMetallb);
    }

    private static void stopOnSignal(Controller controller) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            Thread watchdog = new Thread(Main::endLate, "stop-watchdog");
            watchdog.setDaemon(true);
            watchdog.start();
            controller.close();
        }));
    }

    /** Whatever hangs while stopping, what is stored by now is consistent: a later start carries on from there. */
    private static void endLate() {
        try {
            Thread.sleep(LONGEST_STOP);
        } catch (InterruptedException inTime) {
            return;
        }
        LOG.warn("did not stop in time, ending now");
        Runtime.getRuntime().halt(0);
    }

    private static int awaitSignal() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return CommandLine.ExitCode.OK;
    }

    /** Unique to this process: a container that is restarted in its Pod must not take itself for the one before. */
    private static String identity() {
        String host = Optional.ofNullable(System.getenv("HOSTNAME"))
                .filter(name -> !name.isBlank())
                .orElse("host");
        return host + "-" + Integer.toHexString(new SecureRandom().nextInt());
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("dev");
    }

    /** For {@code --version}. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"clarion-controller " + version()};
        }
    }
}
