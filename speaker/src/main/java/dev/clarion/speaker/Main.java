package dev.clarion.speaker;

import dev.clarion.kube.KubeException;
import dev.clarion.telemetry.Logging;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code clarion-speaker}: one per node, makes the network send the addresses' traffic to the cluster. */
@Command(
        name = "clarion-speaker",
        description = "Announces the addresses of LoadBalancer Services from this node, by ARP, NDP and BGP.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        showDefaultValues = false)
public final class Main implements Callable<Integer> {
    /** The version, from the manifest of our jar. */
    static final class Version implements IVersionProvider {
        static String current() {
            return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                    .orElse("unknown");
        }

        @Override
        public String[] getVersion() {
            return new String[] {"clarion-speaker " + current()};
        }
    }

    @Mixin
    private SpeakerOptions options = new SpeakerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    /** Runs until SIGTERM. Exits with 2 if used wrongly, 1 if it cannot start. */
    public static void main(String[] args) {
        int code = new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() {
        if (options.nodeName.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(), "say which node this is: --node-name, or NODE_NAME in the environment");
        }
        Logging.setUp(options.logLevel);
        Logger log = LoggerFactory.getLogger(Main.class);
        try {
            Speaker speaker = Speaker.start(options, Version.current());
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(speaker::stop));
            speaker.awaitEnd();
            return CommandLine.ExitCode.OK;
        } catch (KubeException | IOException | IllegalArgumentException cannotStart) {
            log.error("cannot start: {}", cannotStart.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        } catch (RuntimeException | LinkageError defect) {
            // Threads that run already would keep a process alive that does nothing.
            log.error("cannot start", defect);
            return CommandLine.ExitCode.SOFTWARE;
        }
    }
}
