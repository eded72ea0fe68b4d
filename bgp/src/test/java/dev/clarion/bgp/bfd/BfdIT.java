package dev.clarion.bgp.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions over real wires, each test in a sandbox of its own. Needs root and the packages frr, bird2,
 * iproute2 and nftables ({@code kind-e2e/lab/prerequisites} installs them).
 */
class BfdIT {

    @TempDir
    private Path directory;

    @Test
    void twoEnginesOfOursKeepTheirSessions() throws IOException, InterruptedException {
        Sandbox.runs(OwnScenario.class, OwnScenario.STEPS, directory);
    }

    @Test
    void frrsBfddAgreesWithUsInEveryKindOfSession() throws IOException, InterruptedException {
        assertThat(Path.of("/usr/lib/frr/bfdd"))
                .as("FRR is missing; kind-e2e/lab/prerequisites installs it")
                .exists();
        Sandbox.runs(FrrScenario.class, FrrScenario.STEPS, directory);
    }

    @Test
    void birdAgreesWithUsAcrossARouter() throws IOException, InterruptedException {
        assertThat(Path.of("/usr/sbin/bird"))
                .as("BIRD is missing; kind-e2e/lab/prerequisites installs it")
                .exists();
        Sandbox.runs(BirdScenario.class, BirdScenario.STEPS, directory);
    }

    @Test
    void whatNoDaemonDoesIsAnsweredOrDropped() throws IOException, InterruptedException {
        Sandbox.runs(HostileScenario.class, HostileScenario.STEPS, directory);
    }
}
