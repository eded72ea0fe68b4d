package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.e2e.client.RecordedRun;
import dev.clarion.e2e.client.analysis.Probe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The owner of a layer-2 address dies. What it costs exactly is measured elsewhere. */
@ExtendWith(OnLab.class)
class FailoverIT {

    @Test
    void anotherNodeAnswersWhenTheOwnersLinksAreDownAndOneNodeWhenTheyAreBack(Lab lab, @TempDir Path scratch)
            throws Exception {
        List<String> addresses = lab.web().addresses("web-l2");
        String owner = lab.clarion().owner(addresses.getFirst());
        String ownersMac = lab.segment().macs().get(owner);
        // Off the owner with its Pods, so that an answer means that the address moved, not that a Pod lives elsewhere.
        lab.web().awayFrom(owner);
        Process client = measure(lab, scratch, addresses, "25s");
        try {
            lab.breakNode(owner);
            long broken = System.nanoTime();
            for (String address : addresses) {
                Await.that("another node answers for " + address, 20, () -> {
                    assertThat(lab.web().ask("near", address)).startsWith("node=");
                    assertThat(lab.segment().neighbour(address)).isNotEmpty().isNotEqualTo(ownersMac);
                });
            }
            System.out.println("FailoverIT: near was answered by another node at both addresses after "
                    + (System.nanoTime() - broken) / 1_000_000 + " ms");
            assertThat(lab.web().addresses("web-l2")).isEqualTo(addresses);
        } finally {
            lab.heal(owner);
            client.waitFor(60, TimeUnit.SECONDS);
            client.destroyForcibly();
            lab.web().everywhere();
        }
        RecordedRun run = RecordedRun.read(scratch);
        for (String address : addresses) {
            var analysis = run.lane(Probe.UDP, address).analysis();
            assertThat(analysis.lost())
                    .as("requests lost at %s: the owner was really lost", address)
                    .isPositive();
            System.out.println("FailoverIT: " + address + " lost " + analysis.lost() + " requests, longest outage "
                    + analysis.longestOutageNanos() / 1_000_000 + " ms");
        }
        Await.that(
                "all speakers are back",
                120,
                () -> assertThat(lab.clarion().speakers()).allMatch(Pod::ready));
        for (String address : addresses) {
            Await.that(
                    "exactly one node answers for " + address,
                    60,
                    () -> assertThat(lab.segment().ask(address, 3)).isEqualTo(new Segment.Replies(3, 3)));
        }
    }

    /** Starts the measuring client at near; returns when it measures. */
    private static Process measure(Lab lab, Path csv, List<String> addresses, String duration) throws IOException {
        Process client = new ProcessBuilder(lab.command(
                        "exec",
                        "near",
                        lab.root().resolve("kind-e2e/client/measure").toString(),
                        "--target",
                        addresses.get(0),
                        "--target",
                        addresses.get(1),
                        "--probes",
                        "udp",
                        "--duration",
                        duration,
                        "--csv",
                        csv.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var out = client.inputReader();
        String line = out.readLine();
        while (line != null && !line.contains("start_epoch_ms")) {
            line = out.readLine();
        }
        assertThat(line).as("the measuring client began").isNotNull();
        // What follows is one report at the end; read by nobody, it fits the pipe.
        return client;
    }
}
