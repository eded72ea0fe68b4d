package dev.clarion.cli;

import dev.clarion.config.ConfigReader;
import dev.clarion.config.Problem;
import dev.clarion.config.Reading;
import dev.clarion.config.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clarion validate}: reads a configuration as the controller would, without a cluster. */
@Command(
        name = "validate",
        description = "Check a configuration offline, by the same reader that the controller uses.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:no errors (there may be warnings)", "1:errors", "2:used wrongly, or unreadable"})
final class ValidateCommand implements Callable<Integer> {
    /** More than any ConfigMap holds; a file beyond is not one. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "config.yaml itself, or manifests with the ConfigMap; - is standard input")
    private String file = "-";

    @Override
    public Integer call() {
        List<ConfigText> configurations = Manifest.configurations(read());
        if (configurations.isEmpty()) {
            throw unusable("no ConfigMap with the key config.yaml in " + file);
        }
        PrintWriter out = spec.commandLine().getOut();
        int errors = 0;
        for (ConfigText configuration : configurations) {
            Reading reading = ConfigReader.read(configuration.yaml());
            reading.problems().forEach(problem -> out.println(line(configuration, problem)));
            errors += (int) reading.problems().stream()
                    .filter(problem -> problem.severity() == Severity.ERROR)
                    .count();
        }
        if (errors > 0) {
            out.println(errors + (errors == 1 ? " error" : " errors"));
            return CommandLine.ExitCode.SOFTWARE;
        }
        out.println("ok");
        return CommandLine.ExitCode.OK;
    }

    private String line(ConfigText configuration, Problem problem) {
        String where = problem.path().isEmpty() ? "" : " " + problem.path() + ":";
        return file + ":" + configuration.place(problem.line(), problem.column()) + ": "
                + problem.severity().name().toLowerCase(Locale.ROOT) + ":" + where + " " + problem.message();
    }

    private String read() {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw unusable(file + " is larger than any ConfigMap can be");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException binary) {
            throw unusable(file + " is not UTF-8 text");
        } catch (IOException unreadable) {
            throw unusable("cannot read " + file + ": " + unreadable);
        }
    }

    private ParameterException unusable(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
