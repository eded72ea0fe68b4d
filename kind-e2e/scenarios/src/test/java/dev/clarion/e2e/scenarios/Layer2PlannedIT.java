package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.e2e.client.RecordedRun;
import dev.clarion.e2e.client.analysis.Probe;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is meant to happen: an upgrade, a node that is emptied, one that comes back. Nobody notices. */
@ExtendWith(OnLab.class)
class Layer2PlannedIT {
    private static final String EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers";

    @Test
    void aRollingRestartOfTheSpeakersMovesNothingLosesNothingAndBreaksNoConnection(Lab lab, @TempDir Path scratch) {
        List<String> addresses = lab.web().addresses("web-l2");
        Owners owners = new Owners(lab);
        String owner = owners.one(addresses);
        try (Measured client = new Measured(lab, "near", addresses, "udp,connect,long", scratch)) {
            lab.kubectl().own("rollout", "restart", "daemonset/clarion-speaker");
            lab.kubectl().own("rollout", "status", "daemonset/clarion-speaker", "--timeout", "110s");
            lab.clarion().awaitReady();
            RecordedRun run = client.ended();
            Measured.nothingLost(run, Probe.UDP, addresses);
            Measured.nothingLost(run, Probe.CONNECT, addresses);
            Measured.noConnectionBroken(run, addresses);
        }
        owners.onlyOf(owner, addresses);
    }

    @Test
    void theLabelThatExcludesTheOwnerMovesItsAddressesOnceAndLosesNothing(Lab lab, @TempDir Path scratch) {
        List<String> addresses = lab.web().addresses("web-l2");
        Owners owners = new Owners(lab);
        String owner = owners.one(addresses);
        String next;
        try (Measured client = new Measured(lab, "near", addresses, "udp,connect,long", scratch)) {
            try {
                lab.kubectl().run("label", "node", owner, EXCLUDED + "=");
                Await.that(
                        "another node answers",
                        30,
                        () -> addresses.forEach(address ->
                                assertThat(owners.of(address)).hasSize(1).doesNotContain(owner)));
                next = owners.one(addresses);
            } finally {
                lab.kubectl().run("label", "node", owner, EXCLUDED + "-");
            }
            RecordedRun run = client.ended();
            Measured.nothingLost(run, Probe.UDP, addresses);
            Measured.nothingLost(run, Probe.CONNECT, addresses);
            Measured.noConnectionBroken(run, addresses);
        }
        // Nothing moves back.
        owners.onlyOf(next, addresses);
    }

    @Test
    void aNodeThatComesBackMovesNothingAndLosesNothing(Lab lab, @TempDir Path scratch) {
        List<String> addresses = lab.web().addresses("web-l2");
        Owners owners = new Owners(lab);
        String owner = owners.one(addresses);
        lab.web().awayFrom(owner);
        try {
            String next;
            try {
                lab.breakNode(owner);
                next = owners.one(addresses);
                assertThat(next).isNotEqualTo(owner);
                try (Measured client = new Measured(lab, "near", addresses, "udp,connect,long", scratch)) {
                    lab.heal(owner);
                    Await.that(
                            "the speaker of " + owner + " is back",
                            120,
                            () -> assertThat(lab.clarion().speakers()).allMatch(Pod::ready));
                    RecordedRun run = client.ended();
                    Measured.nothingLost(run, Probe.UDP, addresses);
                    Measured.nothingLost(run, Probe.CONNECT, addresses);
                    Measured.noConnectionBroken(run, addresses);
                }
            } finally {
                lab.heal(owner);
            }
            owners.onlyOf(next, addresses);
        } finally {
            lab.web().everywhere();
        }
    }
}
