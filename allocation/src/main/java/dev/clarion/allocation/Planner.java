package dev.clarion.allocation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which Service gets which address, and why. The same view, ledger and time give the same plan, in whatever order things
 * were heard of; a plan that was carried out is followed by one that changes nothing.
 *
 * <p>A planner remembers from one plan to the next about whom there was nothing to do. That makes it several times faster
 * where little changed, and never changes a plan.
 */
public final class Planner {
    /**
     * For how long an address that a living Service has no more use for stays its own. Longer than any write that is
     * still under way can take, so that none of them can bring an address back that has gone to another.
     */
    public static final Duration REST = Duration.ofSeconds(60);

    private @Nullable Settled settled;

    /**
     * Makes a plan; not for several threads at a time.
     *
     * @param view the cluster
     * @param ledger who holds what
     * @param now the time, for what is stamped with it
     */
    public Plan next(ClusterView view, Ledger ledger, Instant now) {
        Round round = new Round(view, ledger, now, settled);
        Plan plan = round.plan();
        settled = round.settled();
        return plan;
    }

    /** Makes one plan from nothing but what is given, the same that {@link #next} makes. */
    public static Plan plan(ClusterView view, Ledger ledger, Instant now) {
        return new Planner().next(view, ledger, now);
    }
}
