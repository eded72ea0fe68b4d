package dev.clarion.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Lets a thread go before others of the node when the processor is short: one that keeps deadlines and does little. In
 * real time by round robin (sched(7)), or else with a better nice value (nice(2)). Both need CAP_SYS_NICE, or limits that
 * allow it.
 */
public final class ThreadPriority {

    private static final int SCHED_RR = 2;

    /** So that threads which the thread starts are ordinary ones. */
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;

    private static final int PRIO_PROCESS = 0;
    private static final int CALLER = 0;
    private static final int HIGHEST = 99;

    private ThreadPriority() {}

    /** How a thread is scheduled now. */
    public sealed interface Outcome {

        /**
         * In real time.
         *
         * @param priority 1 to 99
         */
        record RealTime(int priority) implements Outcome {}

        /**
         * Preferred among ordinary threads.
         *
         * @param nice the nice value
         * @param why why not in real time, in words that tell what to do
         */
        record Nice(int nice, String why) implements Outcome {}

        /**
         * As before.
         *
         * @param why why, in words that tell what to do
         */
        record Unchanged(String why) implements Outcome {}
    }

    /**
     * Raises the thread that calls, which has to be a platform thread.
     *
     * @param realTime its priority in real time, 1 to 99; the lowest goes before everything ordinary
     * @param nice its nice value if that is refused, -20 to -1
     */
    public static Outcome raise(int realTime, int nice) {
        if (realTime < 1 || realTime > HIGHEST || nice < -20 || nice > -1) {
            throw new IllegalArgumentException(
                    "real time 1 to 99 and nice -20 to -1, not " + realTime + " and " + nice);
        }
        if (Thread.currentThread().isVirtual()) {
            return new Outcome.Unchanged("a virtual thread has no priority of its own");
        }
        byte[] parameter = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(0, realTime)
                .array();
        int refused = Libc.schedSetscheduler(CALLER, SCHED_RR | SCHED_RESET_ON_FORK, parameter);
        if (refused >= 0) {
            return new Outcome.RealTime(realTime);
        }
        String why = "real time is refused: " + Errno.describe(-refused) + advice(-refused);
        refused = Libc.setpriority(PRIO_PROCESS, CALLER, nice);
        return refused >= 0
                ? new Outcome.Nice(nice, why)
                : new Outcome.Unchanged(why + "; nice " + nice + " is refused: " + Errno.describe(-refused));
    }

    private static String advice(int errno) {
        return Errno.EPERM.is(errno)
                ? " (the process needs the capability CAP_SYS_NICE, and under cgroups of version 1 its group a"
                        + " cpu.rt_runtime_us above 0)"
                : "";
    }
}
