package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Restarts, deletions and drains: no Service changes its address, at no time. */
@ExtendWith(OnLab.class)
class RestartIT {
    /** What happens to the cluster, and when it is over. */
    private void keepsEveryAddress(Lab lab, Runnable happening) {
        lab.web().awaitServed();
        Map<String, List<String>> addresses = lab.web().allAddresses();
        Map<String, String> ledger = lab.clarion().ledger();
        assertThat(addresses).hasSize(2);
        assertThat(ledger).hasSize(4);
        try (Watch watch = new Watch(lab, addresses)) {
            happening.run();
            lab.clarion().awaitReady();
            lab.web().awaitServed();
            assertThat(watch.looks()).as("looks meanwhile").isPositive();
        }
        assertThat(lab.web().allAddresses()).isEqualTo(addresses);
        assertThat(lab.clarion().ledger()).as("ledger").isEqualTo(ledger);
    }

    @Test
    void aRolloutRestartOfController(Lab lab) {
        keepsEveryAddress(lab, () -> {
            lab.kubectl().own("rollout", "restart", "deployment/clarion-controller");
            lab.kubectl().own("rollout", "status", "deployment/clarion-controller", "--timeout", "110s");
        });
    }

    @Test
    void aRolloutRestartOfSpeakers(Lab lab) {
        keepsEveryAddress(lab, () -> {
            lab.kubectl().own("rollout", "restart", "daemonset/clarion-speaker");
            lab.kubectl().own("rollout", "status", "daemonset/clarion-speaker", "--timeout", "110s");
        });
    }

    @Test
    void theDeletionOfTheLeadingControllerAndOfTheOwningSpeaker(Lab lab) {
        keepsEveryAddress(lab, () -> {
            String owner = lab.clarion().owner(lab.web().addresses("web-l2").getFirst());
            lab.kubectl().own("delete", "pod", lab.clarion().leader().name());
            lab.kubectl().own("delete", "pod", lab.clarion().speaker(owner).name());
        });
    }

    @Test
    void theDrainOfTheOwningNode(Lab lab) {
        String owner = lab.clarion().owner(lab.web().addresses("web-l2").getFirst());
        try {
            keepsEveryAddress(
                    lab,
                    () -> lab.kubectl()
                            .run("drain", owner, "--ignore-daemonsets", "--delete-emptydir-data", "--timeout", "100s"));
        } finally {
            lab.kubectl().run("uncordon", owner);
            // Spread over the nodes again, as the others expect it.
            lab.kubectl().run("rollout", "restart", "deployment/web");
            lab.kubectl().run("rollout", "status", "deployment/web", "--timeout", "110s");
        }
        Await.that(
                "every node answers again",
                60,
                () -> assertThat(lab.web()
                                .nextHops(lab.web().addresses("web-bgp").getFirst()))
                        .isEqualTo(3));
    }

    /** Looks at the addresses of all Services without a pause, beside the test, and fails its end if they ever differed. */
    private static final class Watch implements AutoCloseable {
        private final Thread thread;
        private volatile boolean over;
        private final AtomicInteger looks = new AtomicInteger();
        private volatile String different = "";

        Watch(Lab lab, Map<String, List<String>> expected) {
            thread = Thread.ofPlatform().daemon().start(() -> {
                while (!over && different.isEmpty()) {
                    look(lab, expected);
                }
            });
        }

        private void look(Lab lab, Map<String, List<String>> expected) {
            try {
                Map<String, List<String>> seen = lab.web().allAddresses();
                looks.incrementAndGet();
                if (!seen.equals(expected)) {
                    different = "expected " + expected + ", seen " + seen;
                }
            } catch (AssertionError nothingSeen) {
                // The API server did not answer in time: no look, and no finding either.
                System.err.println("RestartIT: " + nothingSeen.getMessage());
            }
        }

        int looks() {
            return looks.get();
        }

        @Override
        public void close() {
            over = true;
            try {
                thread.join(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            assertThat(different).as("the addresses meanwhile").isEmpty();
        }
    }
}
