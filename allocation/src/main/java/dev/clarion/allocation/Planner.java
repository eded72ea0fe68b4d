package dev.clarion.allocation;

import java.time.Duration;
import java.time.Instant;

/**
 * Which Service gets which address, and why. The same view, ledger and time give the same plan, in whatever order things
 * were heard of; a plan that was carried out is followed by one that changes nothing.
 */
public final class Planner {
    /**
     * For how long an address that a living Service has no more use for stays its own. Longer than any write that is
     * still under way can take, so that none of them can bring an address back that has gone to another.
     */
    public static final Duration REST = Duration.ofSeconds(60);

    private Planner() {}

    /**
     * Makes a plan.
     *
     * @param view the cluster
     * @param ledger who holds what
     * @param now the time, for what is stamped with it
     */
    public static Plan plan(ClusterView view, Ledger ledger, Instant now) {
        return new Round(view, ledger, now).plan();
    }
}
