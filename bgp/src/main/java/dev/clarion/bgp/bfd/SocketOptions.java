package dev.clarion.bgp.bfd;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A socket while it is made: after the first refusal nothing more is asked, and the refusal is the result. */
final class SocketOptions {
    private final Calls calls;
    private final Arena arena;
    private int fd;
    private int refused;

    SocketOptions(Calls calls, Arena arena, int domain) {
        this.calls = calls;
        this.arena = arena;
        this.fd = calls.socket(domain, Kernel.SOCK_DGRAM | Kernel.SOCK_NONBLOCK | Kernel.SOCK_CLOEXEC, 0);
        this.refused = Math.min(0, fd);
    }

    SocketOptions set(int level, int name, int value) {
        return set(level, name, Kernel.number(arena, value));
    }

    SocketOptions set(int level, int name, MemorySegment value) {
        if (refused == 0) {
            refused = Math.min(0, calls.setsockopt(fd, level, name, value));
        }
        return this;
    }

    SocketOptions bind(MemorySegment address) {
        if (refused == 0) {
            refused = Math.min(0, calls.bind(fd, address));
        }
        return this;
    }

    /** Of UDP: chooses a route and with it our address, and sends nothing. */
    SocketOptions connect(MemorySegment address) {
        if (refused == 0) {
            refused = Math.min(0, calls.connect(fd, address));
        }
        return this;
    }

    /** Whether binding failed because the port is another's; then another one may be tried. */
    boolean taken() {
        return refused == -Kernel.EADDRINUSE;
    }

    void again() {
        refused = 0;
    }

    /** The descriptor, or a negative error number, with the socket closed. */
    int done() {
        if (refused < 0 && fd >= 0) {
            calls.close(fd);
        }
        return refused < 0 ? refused : fd;
    }
}
