package dev.clarion.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two speakers of two nodes on one segment, with a real API server and a neighbour that counts who answers, in a
 * sandbox of their own: {@link SandboxScenario}.
 */
class SpeakerIT {
    private static final long SECONDS = 870;

    @TempDir
    private Path directory = Path.of(".");

    @Test
    @Timeout(900)
    void oneOfTwoSpeakersOwnsTheAddressAndWhateverEndsItIsHandledAsDecided() throws IOException, InterruptedException {
        sandboxed(SandboxScenario.class);
    }

    @Test
    @Timeout(900)
    void aKeyTurnsHeartbeatsOnAndASpeakerStartsFromWhatIsKeptOnTheNode() throws IOException, InterruptedException {
        sandboxed(HeartbeatScenario.class);
    }

    @Test
    @Timeout(300)
    void aRouterIsFoundByTheInterfaceThatItIsOn() throws IOException, InterruptedException {
        sandboxed(UnnumberedScenario.class);
    }

    private void sandboxed(Class<?> scenario) throws IOException, InterruptedException {
        Path log = directory.resolve("scenario.log");
        Process sandbox = new ProcessBuilder(List.of(
                        "unshare",
                        "--net",
                        "--mount",
                        "--pid",
                        "--ipc",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        SandboxScenario.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        scenario.getName(),
                        System.getProperty("clarion.root"),
                        directory.toString()))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile())
                .start();
        boolean ended = sandbox.waitFor(SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            sandbox.destroyForcibly().waitFor();
        }
        assertThat(ended && sandbox.exitValue() == 0)
                .as("%s", Files.readString(log))
                .isTrue();
    }
}
