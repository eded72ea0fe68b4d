package dev.clarion.bgp.bfd;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collection;

/** Waits for packets, for another thread or for a moment, to the nanosecond (ppoll(2)). */
final class Poller {
    private static final int POLLFD = 8;
    private static final short POLLIN = 1;

    private final Calls calls;
    private final int wake;
    private final MemorySegment timeout;
    private final MemorySegment drained;
    private Arena arena = Arena.ofConfined();
    private MemorySegment descriptors = arena.allocate(POLLFD, Long.BYTES);
    private int count;

    Poller(Calls calls, Wake wake, Arena forever) {
        this.calls = calls;
        this.wake = wake.descriptor();
        this.timeout = forever.allocate(2L * Long.BYTES, Long.BYTES);
        this.drained = forever.allocate(JAVA_LONG);
    }

    /** From now on packets of these sockets end the wait. */
    void watch(Collection<Receiver> receivers) {
        arena.close();
        arena = Arena.ofConfined();
        descriptors = arena.allocate((long) POLLFD * (receivers.size() + 1), Long.BYTES);
        count = 0;
        add(wake);
        receivers.forEach(receiver -> add(receiver.descriptor()));
    }

    private void add(int descriptor) {
        long at = (long) POLLFD * count++;
        descriptors.set(JAVA_INT, at, descriptor);
        descriptors.set(JAVA_SHORT, at + 4, POLLIN);
    }

    /** Waits so many nanoseconds at most. What the kernel says against it shows when the sockets are read. */
    void await(long nanos) {
        Kernel.time(timeout, nanos);
        int ready = calls.ppoll(descriptors, count, timeout);
        if (ready > 0 && descriptors.get(JAVA_SHORT, 6) != 0) {
            calls.read(wake, drained);
        }
    }

    void close() {
        arena.close();
    }
}
