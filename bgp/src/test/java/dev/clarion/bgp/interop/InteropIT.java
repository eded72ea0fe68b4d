package dev.clarion.bgp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The matrix: every row with every daemon that can show it, all daemons at the same time, each in a sandbox of its own.
 * Needs root and the daemons' packages ({@code kind-e2e/lab/prerequisites} installs them).
 */
class InteropIT {
    private static final long LIMIT_SECONDS = 280;

    @TempDir
    private static Path directory;

    private static final Map<Daemon, String> SAID = new EnumMap<>(Daemon.class);

    @BeforeAll
    static void runAll() throws IOException, InterruptedException {
        Map<Daemon, Process> sandboxes = new EnumMap<>(Daemon.class);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        try {
            for (Daemon daemon : Daemon.values()) {
                assertThat(daemon.program())
                        .as("%s is missing; kind-e2e/lab/prerequisites installs it", daemon.title())
                        .exists();
                sandboxes.put(daemon, start(daemon));
            }
            for (Process sandbox : sandboxes.values()) {
                var _ = sandbox.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } finally {
            sandboxes.values().forEach(Process::destroyForcibly);
        }
        for (Daemon daemon : Daemon.values()) {
            SAID.put(daemon, Files.readString(output(daemon)));
        }
    }

    @TestFactory
    Stream<DynamicContainer> everyRowHoldsWithEveryDaemonThatCanShowIt() {
        return Arrays.stream(Daemon.values())
                .map(daemon -> DynamicContainer.dynamicContainer(
                        daemon.title(), Matrix.rows(daemon).stream().map(row -> test(daemon, row))));
    }

    private static DynamicTest test(Daemon daemon, Row row) {
        return DynamicTest.dynamicTest(daemon.title() + ": " + row.title(), () -> {
            String said = SAID.getOrDefault(daemon, "");
            assertThat(said.lines()).as(said).anyMatch(line -> line.startsWith(InteropMain.PASS + row + " "));
        });
    }

    private static Process start(Daemon daemon) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                InteropMain.class.getName(),
                daemon.name()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output(daemon).toFile())
                .start();
    }

    private static Path output(Daemon daemon) {
        return directory.resolve(daemon.name());
    }
}
