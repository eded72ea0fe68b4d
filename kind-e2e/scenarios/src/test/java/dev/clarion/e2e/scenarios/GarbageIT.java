package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Hosts of the segment send what they should not: the speaker counts it, says it, and goes on. */
@ExtendWith(OnLab.class)
class GarbageIT {
    private static final int FRAMES = 20_000;
    private static final int GROWTH_MEGABYTES = 40;
    private static final String NEAR = "192.168.50.100";

    @Test
    void framesOfNoiseAreCountedAndTheAddressIsStillAnswered(Lab lab, @TempDir Path scratch) {
        String garbage = build(lab, scratch);
        String address = lab.web().addresses("web-l2").getFirst();
        Pod speaker = lab.clarion().speaker(lab.clarion().owner(address));
        String mac = Objects.requireNonNull(lab.segment().macs().get(speaker.node()));
        lab.exec("near", garbage, "frames", "eth0", mac, Integer.toString(FRAMES / 10))
                .ok();
        int resident = speaker.residentMegabytes();
        double dropped = malformed(lab, speaker);

        lab.exec("near", garbage, "frames", "eth0", mac, Integer.toString(FRAMES))
                .ok();

        // A capture that overflows on a busy machine loses frames before we see them; some thousand always arrive.
        Await.that(
                "the speaker has counted the noise",
                60,
                () -> assertThat(malformed(lab, speaker) - dropped).isGreaterThan(FRAMES / 10.0));
        int now = speaker.residentMegabytes();
        System.out.println("GarbageIT: frames: speaker " + resident + " MB before, " + now + " MB after");
        assertThat(now).as("resident MB of the speaker").isLessThan(resident + GROWTH_MEGABYTES);
        lab.web()
                .addresses("web-l2")
                .forEach(each -> Await.that(
                        each + " is answered once",
                        60,
                        () -> assertThat(lab.segment().ask(each, 3)).isEqualTo(new Segment.Replies(3, 3))));
        assertThat(lab.clarion().speaker(speaker.node()).restarts()).isEqualTo(speaker.restarts());
    }

    @Test
    void aPeerThatTalksNoiseIsLeftAloneAndTheOthersStayEstablished(Lab lab, @TempDir Path scratch) throws IOException {
        String garbage = build(lab, scratch);
        List<Pod> before = lab.clarion().speakers();
        awaitSessions(lab, before);
        List<Integer> resident = before.stream().map(Pod::residentMegabytes).toList();
        List<Double> changes = before.stream().map(pod -> losses(lab, pod)).toList();
        Path out = scratch.resolve("connections");
        Process peer = new ProcessBuilder(lab.command("exec", "near", garbage, "bgp", NEAR))
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long begin = System.nanoTime();
        try {
            Await.that(
                    "the peer listens",
                    30,
                    () -> assertThat(Files.readString(out)).contains("listening"));
            lab.kubectl().feed(withPeer(lab), "replace", "-f", "-");
            // Four kinds of noise, in turn.
            Await.that(
                    "every kind was tried twice",
                    120,
                    () -> assertThat(connections(out)).isGreaterThanOrEqualTo(8));
            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds() + 1;
            assertThat(connections(out))
                    .as("connections of three nodes in %d s", seconds)
                    .isLessThan(3 * 2 * seconds + 6);
            for (int i = 0; i < before.size(); i++) {
                Pod pod = before.get(i);
                Await.that(
                        pod.name() + " says why it gave the peer up",
                        60,
                        () -> assertThat(lab.clarion().log(pod).lines())
                                .anySatisfy(line -> assertThat(line).contains("WARN", "peer=noise", "reason=")));
                assertThat(pod.residentMegabytes())
                        .as("resident MB of %s", pod.name())
                        .isLessThan(resident.get(i) + GROWTH_MEGABYTES);
                assertThat(losses(lab, pod))
                        .as("sessions with the router lost by %s", pod.name())
                        .isEqualTo(changes.get(i));
                assertThat(lab.clarion().speaker(pod.node()).restarts()).isEqualTo(pod.restarts());
            }
        } finally {
            peer.destroy();
            lab.clarion().restoreConfig();
        }
        awaitSessions(lab, before);
        lab.web().awaitServed();
    }

    private static void awaitSessions(Lab lab, List<Pod> speakers) {
        Await.that("every node has its two sessions with the router", 60, () -> {
            for (Pod pod : speakers) {
                assertThat(lab.clarion().metric(pod, "clarion_bgp_session_up", "peer=\"router-v"))
                        .isEqualTo(2);
            }
        });
    }

    /** How often a session with the router has ended. */
    private static double losses(Lab lab, Pod pod) {
        return lab.clarion().metric(pod, "clarion_bgp_state_changes_total", "peer=\"router-v", "state=\"IDLE\"");
    }

    private static double malformed(Lab lab, Pod pod) {
        return lab.clarion()
                .metric(pod, "clarion_layer2_frames_dropped_total", "interface=\"eth1\"", "reason=\"MALFORMED\"");
    }

    private static long connections(Path out) throws IOException {
        return Files.readString(out)
                .lines()
                .filter(line -> line.startsWith("connection"))
                .count();
    }

    private static String withPeer(Lab lab) {
        return lab.file(Clarion.CONFIG)
                .replace(
                        "    bgpPeers:\n",
                        "    bgpPeers:\n    - {name: noise, myASN: 64513, peerASN: 64512, peerAddress: " + NEAR
                                + ", holdTime: 9s}\n");
    }

    /** The sender is Go, which the lab needs anyway; Java has no raw sockets. */
    private static String build(Lab lab, Path scratch) {
        Path program = scratch.resolve("garbage");
        Path source = lab.root().resolve("kind-e2e/scenarios/garbage");
        Ran.run(
                        source,
                        Duration.ofMinutes(4),
                        "",
                        List.of("go", "build", "-trimpath", "-buildvcs=false", "-o", program.toString(), "."))
                .ok();
        return program.toString();
    }
}
