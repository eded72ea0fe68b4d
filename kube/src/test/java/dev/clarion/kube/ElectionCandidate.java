package dev.clarion.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A candidate as a process of its own, so that a test can pause or kill it. Prints {@code leads T} whenever it finds
 * itself leading and {@code not T} when it does not, T on the machine's monotonic clock, each 20 ms, until it
 * is killed.
 */
final class ElectionCandidate {
    private ElectionCandidate() {}

    public static void main(String[] args) {
        LeaderElection.Settings settings = new LeaderElection.Settings(
                args[1], "leader", args[2], Duration.ofSeconds(4), Duration.ofSeconds(3), Duration.ofMillis(500));
        LeaderElection.Listener silent = new LeaderElection.Listener() {
            @Override
            public void started() {
                System.out.println("started " + System.nanoTime());
            }

            @Override
            public void stopped() {
                System.out.println("stopped " + System.nanoTime());
            }
        };
        try (KubernetesClient client = KubeAccess.connect(Optional.of(Path.of(args[0])), "clarion-test/1");
                LeaderElection election = new LeaderElection(client, settings, silent)) {
            while (true) {
                // The clock is read before the question: were it read after, a pause between the two would lie.
                long now = System.nanoTime();
                System.out.println((election.isLeader() ? "leads " : "not ") + now);
                LockSupport.parkNanos(20_000_000);
            }
        }
    }
}
