package dev.clarion.bgp.bfd;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Gets the engine's thread out of its wait, from any thread (eventfd(2)). */
final class Wake {
    private final Arena arena = Arena.ofShared();
    private final Calls calls = new Calls(arena);
    private final MemorySegment one = arena.allocate(JAVA_LONG);
    private final int fd = calls.eventfd(Kernel.SOCK_NONBLOCK | Kernel.SOCK_CLOEXEC);
    private boolean closed;

    Wake() {
        if (fd < 0) {
            arena.close();
            throw new BfdException("BFD cannot start: the kernel refuses an eventfd: " + Kernel.words(fd));
        }
        one.set(JAVA_LONG, 0, 1);
    }

    int descriptor() {
        return fd;
    }

    /** After {@link #close} nothing: the descriptor may be another's by then. */
    synchronized void up() {
        if (!closed) {
            calls.write(fd, one);
        }
    }

    synchronized void close() {
        if (!closed) {
            closed = true;
            calls.close(fd);
            arena.close();
        }
    }
}
