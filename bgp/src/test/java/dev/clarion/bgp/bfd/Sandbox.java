package dev.clarion.bgp.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Runs a program of steps in network namespaces of its own, and holds it to have done them all. */
final class Sandbox {
    private static final long LIMIT_SECONDS = 240;

    private Sandbox() {}

    /** What a program prints before each step that held. */
    static final String HELD = "PASS ";

    static void runs(Class<?> program, List<String> steps, Path directory) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process sandbox = new ProcessBuilder(command(program, directory))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = sandbox.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            sandbox.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(ended)
                .as("did not end within %d s:%n%s", LIMIT_SECONDS, said)
                .isTrue();
        assertThat(said.lines().filter(line -> line.startsWith(HELD)).map(line -> line.substring(HELD.length())))
                .as(said)
                .containsExactlyElementsOf(steps);
        assertThat(sandbox.exitValue()).as(said).isZero();
        said.lines().filter(line -> line.startsWith("SEEN ")).forEach(System.out::println);
    }

    private static List<String> command(Class<?> program, Path directory) throws IOException {
        Path script = directory.resolve("bfd-sandbox.sh");
        try (InputStream resource = Objects.requireNonNull(Sandbox.class.getResourceAsStream("bfd-sandbox.sh"))) {
            Files.copy(resource, script);
        }
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(
                "unshare",
                "--net",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "bash",
                script.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                classPath,
                program.getName());
    }

    /** A step of a program. */
    interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** Runs the steps by their names, prints each that held, and ends the program. */
    static void steps(List<String> names, List<Step> steps, Runnable onFailure) {
        int done = 0;
        try {
            for (Step step : steps) {
                step.run();
                System.out.println(HELD + names.get(done++));
            }
        } catch (Exception | AssertionError failure) {
            System.out.println("FAIL " + names.get(done));
            failure.printStackTrace(System.out);
            onFailure.run();
            System.exit(1);
        }
        System.exit(0);
    }

    /** A figure worth printing, though nothing is asserted of it. */
    static void seen(String text) {
        System.out.println("SEEN " + text);
    }

    /** What a command prints; it has to succeed. */
    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s: %s", List.of(command), said).isZero();
            return said;
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** From now on the router drops every packet between us and it, without a word. */
    static void cut() {
        run("ip", "netns", "exec", "rtr", "nft", "add rule inet cut in drop; add rule inet cut out drop");
    }

    static void heal() {
        run("ip", "netns", "exec", "rtr", "nft", "flush chain inet cut in; flush chain inet cut out");
    }
}
