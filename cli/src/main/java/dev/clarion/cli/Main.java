package dev.clarion.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code clarion}, also {@code kubectl clarion}: asks and checks, changes nothing. */
@Command(
        name = "clarion",
        description = "Load balancing for Kubernetes on bare metal: ask and check.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {ValidateCommand.class, VersionCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    /** Runs the command and exits with its code: 0 fine, 1 problems found, 2 used wrongly. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }
}
