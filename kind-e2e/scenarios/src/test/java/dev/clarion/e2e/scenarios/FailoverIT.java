package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.e2e.client.RecordedRun;
import dev.clarion.e2e.client.analysis.Probe;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The owner of a layer-2 address dies. Its speaker alone: nothing moves and nothing is lost, since its kernel forwards on and
 * another answers in its name. The whole node: another takes over, and keeps what it took. How long that takes is measured
 * elsewhere.
 */
@ExtendWith(OnLab.class)
class FailoverIT {
    private static final String PROBES =
            Arrays.stream(Probe.values()).map(Probe::label).collect(Collectors.joining(","));

    private final Lab lab;
    private List<String> addresses = List.of();
    private Map<String, String> records = Map.of();
    private String owner = "";
    private String mac = "";

    FailoverIT(Lab lab) {
        this.lab = lab;
    }

    @BeforeEach
    void allIsWell() {
        addresses = lab.web().addresses("web-l2");
        Await.that(
                "all speakers know the owner of both addresses",
                60,
                () -> records = lab.clarion().records(addresses));
        owner = lab.clarion().owner(addresses.getFirst());
        assertThat(records.get(addresses.getFirst())).startsWith(owner + " ");
        // Both families of a Service belong together.
        assertThat(records.get(addresses.getLast())).startsWith(owner + " ");
        mac = lab.segment().macs().getOrDefault(owner, "");
    }

    @AfterEach
    void asBefore() {
        lab.heal(owner);
        lab.web().everywhere();
        lab.clarion().awaitReady();
        lab.web().awaitServed();
    }

    @Test
    void whenTheOwnersSpeakerIsKilledNothingMovesAndNothingIsLost(@TempDir Path scratch) throws Exception {
        Pod speaker = lab.clarion().speaker(owner);
        try (Measured client = new Measured(lab, "near", addresses, PROBES, scratch)) {
            speaker.signal("KILL");
            for (String address : addresses) {
                answeredInTheOwnersName(address);
            }
            Await.that(
                    "the speaker is back",
                    120,
                    () -> assertThat(lab.clarion().speaker(owner))
                            .matches(pod -> pod.ready() && pod.restarts() == speaker.restarts() + 1));
            for (String address : addresses) {
                Await.that(
                        "the owner answers for " + address,
                        60,
                        () -> assertThat(lab.segment().macsOf(address, 3)).containsExactly(mac, mac, mac));
            }
            nothingWasLost(client.ended());
        }
        nothingMoved();
    }

    @Test
    void whileTheOwnersSpeakerIsFrozenAnotherAnswersInItsNameAndNothingMoves(@TempDir Path scratch) throws Exception {
        Pod speaker = lab.clarion().speaker(owner);
        try (Measured client = new Measured(lab, "near", addresses, PROBES, scratch)) {
            speaker.signal("STOP");
            try {
                for (String address : addresses) {
                    answeredInTheOwnersName(address);
                    // From then on every question has one answer.
                    assertThat(lab.segment().macsOf(address, 3))
                            .as("answers for %s while the speaker of %s is frozen", address, owner)
                            .containsExactly(mac, mac, mac);
                }
            } finally {
                speaker.signal("CONT");
            }
            for (String address : addresses) {
                Await.that(
                        "the owner answers for " + address + ", and nobody else",
                        60,
                        () -> assertThat(lab.segment().macsOf(address, 3)).containsExactly(mac, mac, mac));
            }
            nothingWasLost(client.ended());
        }
        nothingMoved();
        assertThat(lab.clarion().speaker(owner).restarts()).isEqualTo(speaker.restarts());
    }

    @Test
    void whenTheOwnersLinksAreDownAnotherNodeTakesOverAndKeepsWhatItTook(@TempDir Path scratch) throws Exception {
        anotherTakesOver(scratch, "down");
    }

    @Test
    void whenTheOwnerIsABlackHoleAnotherNodeTakesOverAndKeepsWhatItTook(@TempDir Path scratch) throws Exception {
        anotherTakesOver(scratch, "blackhole");
    }

    /** A machine that stood still with all it has, and goes on: it must not answer for what it lost meanwhile. */
    @Test
    void whenTheOwnerStandsStillAnotherNodeTakesOverAndTheThawedOneAnswersNothing(@TempDir Path scratch)
            throws Exception {
        Pod speaker = lab.clarion().speaker(owner);
        speaker.signal("STOP");
        try {
            anotherTakesOver(scratch, "blackhole", () -> speaker.signal("CONT"));
        } finally {
            speaker.signal("CONT");
        }
    }

    private void anotherTakesOver(Path scratch, String how) throws Exception {
        anotherTakesOver(scratch, how, () -> {});
    }

    private void anotherTakesOver(Path scratch, String how, Runnable beforeItHeals) throws Exception {
        // Off the owner with its Pods, so that an answer means that the address moved, not that a Pod lives elsewhere.
        lab.web().awayFrom(owner);
        Map<String, String> taken;
        try (Measured client = new Measured(lab, "near", addresses, "udp", scratch)) {
            lab.breakNode(owner, how);
            for (String address : addresses) {
                Await.that("another node answers for " + address, 30, () -> {
                    assertThat(lab.web().ask("near", address)).startsWith("node=");
                    assertThat(lab.segment().neighbour(address)).isNotEmpty().isNotEqualTo(mac);
                });
            }
            assertThat(lab.web().addresses("web-l2")).isEqualTo(addresses);
            taken = survivors();
            beforeItHeals.run();
            lab.heal(owner);
            RecordedRun run = client.ended();
            for (String address : addresses) {
                var analysis = run.lane(Probe.UDP, address).analysis();
                assertThat(analysis.lost())
                        .as("requests lost at %s: the owner was really lost", address)
                        .isPositive();
                assertThat(analysis.duplicates())
                        .as("answers too many from %s", address)
                        .isZero();
                System.out.println("FailoverIT: " + how + ": " + address + " lost " + analysis.lost()
                        + " requests, longest outage " + analysis.longestOutageNanos() / 1_000_000 + " ms");
            }
        }
        Map<String, String> macs = lab.segment().macs();
        for (String address : addresses) {
            String now = taken.getOrDefault(address, "").replaceFirst(" .*", "");
            assertThat(now).as("the new owner of %s", address).isNotEqualTo(owner);
            String its = macs.getOrDefault(now, "");
            Await.that(
                    "exactly one node answers for " + address,
                    60,
                    () -> assertThat(lab.segment().macsOf(address, 3)).containsExactly(its, its, its));
        }
        Await.that(
                "the one that came back agrees, and takes nothing",
                60,
                () -> assertThat(lab.clarion().records(addresses)).isEqualTo(taken));
    }

    /** What the other speakers say, and they say the same. */
    private Map<String, String> survivors() {
        List<Map<String, String>> said = Lab.NODES.stream()
                .filter(node -> !node.equals(owner))
                .map(node -> {
                    Map<String, String> theirs = lab.clarion().records(node);
                    theirs.keySet().retainAll(addresses);
                    return theirs;
                })
                .toList();
        assertThat(said.getFirst()).isEqualTo(said.getLast()).hasSameSizeAs(addresses);
        return said.getFirst();
    }

    private void answeredInTheOwnersName(String address) {
        Await.that(
                "who asks anew for " + address + " is answered",
                10,
                () -> assertThat(lab.segment().macsOf(address, 1)).containsExactly(mac));
    }

    private void nothingMoved() {
        Await.that(
                "all speakers say what they said before",
                60,
                () -> assertThat(lab.clarion().records(addresses)).isEqualTo(records));
    }

    private void nothingWasLost(RecordedRun run) {
        for (Probe probe : Probe.values()) {
            Measured.nothingLost(run, probe, addresses);
            for (String address : addresses) {
                assertThat(run.lane(probe, address).analysis().duplicates())
                        .as("%s to %s, answers too many", probe, address)
                        .isZero();
            }
        }
        Measured.noConnectionBroken(run, addresses);
    }
}
