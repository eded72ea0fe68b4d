package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our speaker against FRR, both in a sandbox of the test's own. Needs root and the packages frr, iproute2 and nftables
 * ({@code kind-e2e/lab/prerequisites} installs them).
 */
class FrrIT {
    private static final long LIMIT_SECONDS = 180;

    @TempDir
    private Path directory;

    @Test
    void aRealRouterAgreesWithUsFromTheFirstOpenToTheLastCease() throws IOException, InterruptedException {
        assertThat(Path.of("/usr/lib/frr/bgpd"))
                .as("FRR is missing; kind-e2e/lab/prerequisites installs it")
                .exists();
        Path output = directory.resolve("output");
        Process sandbox = new ProcessBuilder(command())
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
        assertThat(said.lines().filter(line -> line.startsWith("PASS ")).map(line -> line.substring(5)))
                .as(said)
                .containsExactlyElementsOf(FrrScenario.STEPS);
        assertThat(sandbox.exitValue()).as(said).isZero();
    }

    private List<String> command() throws IOException {
        Path script = directory.resolve("frr-sandbox.sh");
        try (InputStream resource = Objects.requireNonNull(FrrIT.class.getResourceAsStream("frr-sandbox.sh"))) {
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
                FrrScenario.class.getName());
    }
}
