package dev.clarion.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.config.Names;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The controller as a process of its own: how it is started, killed, and told to stop. */
class ProcessIT {
    @TempDir
    private Path dir;

    private Process controller(Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--listen-address",
                "127.0.0.1",
                "--probe-port",
                "0",
                "--metrics-port",
                "0"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    @Test
    void afterAKillTheNextOneCarriesOnAndASignalEndsItInGoodOrder() throws Exception {
        try (ControlPlane plane = ControlPlane.start();
                World world = new World(plane.kubeconfig())) {
            world.configure("ipAddressPools:\n" + World.pool("lan", "192.168.50.200-192.168.50.219"));
            String kubeconfig = plane.kubeconfig().toString();
            Process first =
                    controller(dir.resolve("first.log"), "--kubeconfig", kubeconfig, "--namespace", world.namespace);
            world.create("web");
            world.awaitAddresses("web", "192.168.50.200");
            first.destroyForcibly().waitFor();

            world.create("next");
            Path log = dir.resolve("second.log");
            Process second = controller(log, "--kubeconfig", kubeconfig, "--namespace", world.namespace);
            world.awaitAddresses("next", "192.168.50.201");
            assertThat(world.addresses("web")).containsExactly("192.168.50.200");

            second.destroy();
            assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(log)).contains("stopped").doesNotContain("did not stop in time");
            Lease lease = world.client
                    .leases()
                    .inNamespace(world.namespace)
                    .withName(Names.CONTROLLER_LEASE)
                    .get();
            assertThat(lease.getSpec().getHolderIdentity()).isNullOrEmpty();
        }
    }

    @Test
    void whatCannotBeStartedSaysWhyAndEndsWithACode() throws Exception {
        Path log = dir.resolve("log");
        Process missing =
                controller(log, "--kubeconfig", dir.resolve("nothing-here").toString());
        assertThat(missing.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(missing.exitValue()).isEqualTo(1);
        assertThat(Files.readString(log)).contains("Cannot read the kubeconfig");

        Process wrong = controller(log, "--no-such-flag");
        assertThat(wrong.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong.exitValue()).isEqualTo(2);
        await().atMost(World.LONG)
                .untilAsserted(() -> assertThat(Files.readString(log)).contains("--no-such-flag"));
    }
}
