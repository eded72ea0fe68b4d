package dev.clarion.bgp.bfd;

import dev.clarion.bgp.bfd.BfdStatus.Scheduling;
import java.util.function.Supplier;

/**
 * How the engine runs.
 *
 * @param raise called once, on the engine's thread, to let it go before others; says what came of it
 */
public record BfdOptions(Supplier<Scheduling> raise) {

    /** An ordinary thread: sessions fail when the processor is busy. For tests and comparisons. */
    public static final BfdOptions ORDINARY =
            new BfdOptions(() -> new Scheduling(false, "nobody raised the thread's priority"));
}
