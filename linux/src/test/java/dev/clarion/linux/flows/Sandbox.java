package dev.clarion.linux.flows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Network, mount and process namespaces of a test's own, in which it makes further network namespaces by name. When
 * this process ends, however it does, the shell that holds the sandbox reads the end of its input, and everything in
 * the sandbox ends with it.
 */
final class Sandbox implements AutoCloseable {

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);

    private final Process holder;
    private final long inside;

    /**
     * What a command said.
     *
     * @param status its exit code
     * @param text standard output and standard error
     */
    record Output(int status, String text) {}

    private Sandbox(Process holder, long inside) {
        this.holder = holder;
        this.inside = inside;
    }

    static Sandbox start() {
        try {
            Process holder = new ProcessBuilder(
                            "unshare",
                            "--net",
                            "--mount",
                            "--mount-proc",
                            "--pid",
                            "--fork",
                            "--kill-child",
                            "sh",
                            "-c",
                            "mkdir -p /run/netns && mount -t tmpfs netns /run/netns && ip link set lo up && echo ready"
                                    + " && cat")
                    .redirectErrorStream(true)
                    .start();
            String said = holder.inputReader().readLine();
            if (!"ready".equals(said)) {
                holder.destroyForcibly();
                throw new IllegalStateException("This test makes namespaces, so it has to run as root: " + said);
            }
            long inside = holder.children().findFirst().orElseThrow().pid();
            return new Sandbox(holder, inside);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a shell command in the sandbox; fails if its exit code is not 0. */
    String sh(String command) {
        Output output = attempt(command);
        if (output.status() != 0) {
            throw new AssertionError(command + "\nended with " + output.status() + "\n" + output.text());
        }
        return output.text();
    }

    /** Runs a shell command in the sandbox, whatever its exit code is. */
    Output attempt(String command) {
        try {
            Process process = new ProcessBuilder(enter("timeout", "" + COMMAND_LIMIT.toSeconds(), "sh", "-ec", command))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command, e);
        }
    }

    /** Starts a program of this module's tests on a Java machine of its own, in one of the named namespaces. */
    Program java(String namespace, Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx64m"));
        command.addAll(options);
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", tests, main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new Program(new ProcessBuilder(enter(command.toArray(String[]::new)))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> enter(String... command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--target", "" + inside, "--net", "--mount", "--pid"));
        all.addAll(List.of(command));
        return all;
    }

    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
            if (!holder.waitFor(10, TimeUnit.SECONDS)) {
                holder.destroyForcibly();
            }
        } catch (IOException e) {
            holder.destroyForcibly();
        } catch (InterruptedException e) {
            holder.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** A program that takes a command per line and answers each with lines of which the last is "ok". */
    static final class Program implements AutoCloseable {

        private final Process process;
        private final BufferedReader reader;

        Program(Process process) throws IOException {
            this.process = process;
            this.reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            readAnswer();
        }

        /** Gives a command, and waits for its answer. */
        List<String> say(String command) {
            try {
                process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
                return readAnswer();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What it says without being asked, up to its next "ok". */
        List<String> rest() {
            try {
                return readAnswer();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private List<String> readAnswer() throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); !"ok".equals(line); line = reader.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("the program ended after it said " + lines);
                }
                lines.add(line);
            }
            return lines;
        }

        /** Ends the program by the end of its input. */
        @Override
        public void close() {
            try {
                process.getOutputStream().close();
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (IOException e) {
                process.destroyForcibly();
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
