package dev.clarion.e2e.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The client as its users run it, in the sandbox's namespace {@code client}, measuring both families. */
final class ClientRun {
    private final Process process;
    private final BufferedReader out;
    private final Path csv;
    private final Sandbox sandbox;

    /** Starts it and waits for the line that says that requests count from now on. */
    ClientRun(Sandbox sandbox, Path csv, String... options) throws IOException {
        this.sandbox = sandbox;
        this.csv = csv;
        // What runs in the background of a shell ignores SIGINT, and so does all that it starts, unless it is told
        // otherwise.
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT,TERM",
                Path.of("measure").toAbsolutePath().toString(),
                "--target",
                Sandbox.IPV4,
                "--target",
                Sandbox.IPV6,
                "--csv",
                csv.toString()));
        command.addAll(List.of(options));
        process = sandbox.start("client", command);
        out = process.inputReader(UTF_8);
        assertThat(out.readLine()).startsWith("measuring ");
        pause("0.3");
    }

    /** Lets time pass, with the rule or the trouble as it is. */
    void pause(String seconds) throws IOException {
        sandbox.sh("sleep " + seconds);
    }

    /** Sends the client itself a signal. */
    void signal(String name) throws IOException, InterruptedException {
        long pid = process.children().findFirst().orElseThrow().pid();
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        assertThat(kill.waitFor()).isZero();
        if (name.equals("CONT")) {
            // nsenter stops with what it runs, and goes on only when it is told itself.
            Process outer = new ProcessBuilder("kill", "-CONT", Long.toString(process.pid())).start();
            assertThat(outer.waitFor()).isZero();
        }
    }

    /** Waits for its end, which must have this exit code, and reads what it wrote. The text is kept for the message of a failure. */
    RecordedRun finish(int exitCode) throws IOException, InterruptedException {
        String text = out.lines().collect(Collectors.joining("\n"));
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text).isEqualTo(exitCode);
        assertThat(text).contains("The client itself was late by");
        System.out.println(text);
        return RecordedRun.read(csv);
    }
}
