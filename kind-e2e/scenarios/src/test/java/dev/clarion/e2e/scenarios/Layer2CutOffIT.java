package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.e2e.client.RecordedRun;
import dev.clarion.e2e.client.analysis.Probe;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody is cut off: from the API server, from the other speakers, from half of the segment; or a stranger is on it. */
@ExtendWith(OnLab.class)
class Layer2CutOffIT {
    private static final String INTRUDER = "02:00:00:00:50:66";

    @Test
    void withoutAnApiServerADeadOwnerIsReplacedAndASpeakerThatStartsServes(Lab lab, @TempDir Path scratch)
            throws Exception {
        List<String> addresses = lab.web().addresses("web-l2");
        Owners owners = new Owners(lab);
        String owner = owners.one(addresses);
        lab.web().awayFrom(owner);
        try {
            verb(lab, "break", "api");
            lab.breakNode(owner);
            Await.that(
                    "another node answers",
                    30,
                    () -> addresses.forEach(
                            address -> assertThat(owners.of(address)).hasSize(1).doesNotContain(owner)));
            String next = owners.one(addresses);
            lab.heal(owner);
            try (Measured client = new Measured(lab, "near", addresses, "udp,connect,long", scratch)) {
                ProcessHandle before = speakerOf(lab, next);
                before.destroyForcibly();
                assertThat(before.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
                Await.that("the speaker of " + next + " runs again and answers for its addresses", 90, () -> {
                    assertThat(lab.exec(next, "curl", "-s", "-m", "2", "http://127.0.0.1:7480/state")
                                    .out())
                            .contains("\"ACTIVE\"");
                    owners.onlyOf(next, addresses);
                });
                RecordedRun run = client.ended();
                Measured.nothingLost(run, Probe.UDP, addresses);
                Measured.nothingLost(run, Probe.CONNECT, addresses);
                Measured.noConnectionBroken(run, addresses);
            }
            verb(lab, "heal", "api");
            lab.clarion().awaitReady();
            owners.onlyOf(next, addresses);
        } finally {
            verb(lab, "heal", "api");
            lab.heal(owner);
            lab.clarion().awaitReady();
            lab.web().everywhere();
        }
    }

    @Test
    void heartbeatsThatAreLostLoseNoRequestAndLeaveOneOwner(Lab lab, @TempDir Path scratch) {
        List<String> addresses = lab.web().addresses("web-l2");
        Owners owners = new Owners(lab);
        String owner = owners.one(addresses);
        try (Measured client = new Measured(lab, "near", addresses, "udp,connect", scratch)) {
            verb(lab, "break", owner, "--how", "heartbeats");
            Await.that(
                    "the others no longer find " + owner + " alive",
                    30,
                    () -> assertThat(others(lab, owner)).allMatch(state -> !alive(state, owner)));
            String now = owners.one(addresses);
            owners.onlyOf(now, addresses);
            verb(lab, "heal", owner);
            Await.that(
                    "the others find " + owner + " alive",
                    30,
                    () -> assertThat(others(lab, owner)).allMatch(state -> alive(state, owner)));
            owners.onlyOf(owners.one(addresses), addresses);
            Measured.nothingLost(client.ended(), Probe.UDP, addresses);
        } finally {
            verb(lab, "heal", owner);
        }
    }

    @Test
    void aSegmentInTwoPartsIsServedInBothAndWhenItIsWholeOneNodeAnswers(Lab lab, @TempDir Path scratch) {
        List<String> addresses = lab.web().addresses("web-l2");
        Owners owners = new Owners(lab);
        String owner = owners.one(addresses);
        try (Measured client = new Measured(lab, "near", addresses, "udp,connect", scratch)) {
            // near stays with the owner, the router with the others.
            verb(lab, "break", "segment", owner, "near");
            Await.that(
                    "the other part has an owner of its own",
                    30,
                    () -> addresses.forEach(address -> {
                        assertThat(owners.of(address)).hasSize(1).doesNotContain(owner);
                        assertThat(lab.web().ask("far", address)).startsWith("node=");
                    }));
            Measured.nothingLost(client.ended(), Probe.UDP, addresses);
            verb(lab, "heal", "segment");
            String now = owners.one(addresses);
            Await.that("one answer to each question", 10, () -> owners.onlyOf(now, addresses));
        } finally {
            verb(lab, "heal", "segment");
        }
    }

    @Test
    void aForeignHostThatTakesAnAddressIsReportedWithItsHardwareAddress(Lab lab) {
        List<String> addresses = lab.web().addresses("web-l2");
        Owners owners = new Owners(lab);
        String owner = owners.one(addresses);
        try {
            verb(lab, "intruder", addresses.get(0), addresses.get(1));
            Await.that(
                    "an event names the intruder",
                    30,
                    () -> assertThat(lab.clarion().events("Node", owner, "addressConflict"))
                            .anyMatch(note -> note.contains(INTRUDER)));
            assertThat(lab.web().addresses("web-l2")).isEqualTo(addresses);
        } finally {
            lab.verb(java.time.Duration.ofMinutes(1), "", List.of("intruder", "off"));
        }
        Await.that("it is as it was", 60, () -> {
            addresses.forEach(lab.segment()::forget);
            owners.onlyOf(owner, addresses);
        });
    }

    private static void verb(Lab lab, String... words) {
        lab.verb(java.time.Duration.ofMinutes(1), "", List.of(words)).ok();
    }

    /** The Java in the node's own network; the API server cannot be asked which container it is. */
    private static ProcessHandle speakerOf(Lab lab, String node) {
        String network = lab.exec(node, "readlink", "/proc/self/ns/net").ok().strip();
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    Path proc = Path.of("/proc", Long.toString(process.pid()));
                    try {
                        return java.nio.file.Files.readString(proc.resolve("comm"))
                                        .startsWith("java")
                                && java.nio.file.Files.readSymbolicLink(proc.resolve("ns/net"))
                                        .toString()
                                        .equals(network);
                    } catch (java.io.IOException ended) {
                        return false;
                    }
                })
                .findFirst()
                .orElseThrow(() -> new AssertionError("no speaker runs on " + node));
    }

    private static List<String> others(Lab lab, String node) {
        return Lab.NODES.stream()
                .filter(other -> !other.equals(node))
                .map(other -> lab.exec(other, "curl", "-s", "-m", "2", "http://127.0.0.1:7480/state")
                        .out())
                .toList();
    }

    private static boolean alive(String state, String node) {
        return state.replaceAll("\\s", "").contains("\"" + node + "\":\"ALIVE\"");
    }
}
