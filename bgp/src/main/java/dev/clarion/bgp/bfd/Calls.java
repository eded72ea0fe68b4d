package dev.clarion.bgp.bfd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The functions of the C library that the engine calls, for one thread. Each returns what the function returns, or the
 * error number as a negative value. All memory is given by the caller and lives as long as the engine, so a call
 * allocates nothing: that is why these are not the calls of the module that knows the kernel.
 */
final class Calls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            find("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND = find("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CONNECT =
            find("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKNAME =
            find("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SETSOCKOPT =
            find("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle IF_NAMETOINDEX = find("if_nametoindex", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle SENDTO =
            find("sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECVMSG =
            find("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle PPOLL =
            find("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
    private static final MethodHandle EVENTFD = find("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            find("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            find("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final MemorySegment state;

    /** Calls of one thread at a time; the memory is the arena's. */
    Calls(Arena arena) {
        state = arena.allocate(STATE);
    }

    @SuppressWarnings("restricted") // As the launchers grant it to the module that knows the kernel.
    private static MethodHandle find(String name, FunctionDescriptor signature) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), signature, Linker.Option.captureCallState("errno"));
    }

    int socket(int domain, int type, int protocol) {
        try {
            return result((int) SOCKET.invokeExact(state, domain, type, protocol));
        } catch (Throwable e) {
            throw misfit(e);
        }
    }

    int bind(int fd, MemorySegment address) {
        try {
            return result((int) BIND.invokeExact(state, fd, address, (int) address.byteSize()));
        } catch (Throwable e) {
            throw misfit(e);
        }
    }

    int connect(int fd, MemorySegment address) {
        try {
            return result((int) CONNECT.invokeExact(state, fd, address, (int) address.byteSize()));
        } catch (Throwable e) {
            throw misfit(e);
        }
    }

    /** The address of our end; the length says how much of it there may be. */
    int getsockname(int fd, MemorySegment into, MemorySegment length) {
        try {
            return result((int) GETSOCKNAME.invokeExact(state, fd, into, length));
        } catch (Throwable e) {
            throw misfit(e);
        }
    }

    int setsockopt(int fd, int level, int name, MemorySegment value) {
        try {
            return result((int) SETSOCKOPT.invokeExact(state, fd, level, name, value, (int) value.byteSize()));
        } catch (Throwable e) {
            throw misfit(e);
        }
    }

    /** The index, or 0 if there is no such interface. */
    int interfaceIndex(MemorySegment name) {
        try {
            return (int) IF_NAMETOINDEX.invokeExact(state, name);
        } catch (Throwable e) {
            throw misfit(e);
        }
    }

    int sendto(int fd, MemorySegment octets, int flags, MemorySegment address) {
        try {
            return result((int) (long)
                    SENDTO.invokeExact(state, fd, octets, octets.byteSize(), flags, address, (int) address.byteSize()));
        } catch (Throwable e) {
            throw misfit(e);
        }
    }

    int recvmsg(int fd, MemorySegment header, int flags) {
        try {
            return result((int) (long) RECVMSG.invokeExact(state, fd, header, flags));
        } catch (Throwable e) {
            throw misfit(e);
        }
    }

    int ppoll(MemorySegment descriptors, long count, MemorySegment timeout) {
        try {
            return result((int) PPOLL.invokeExact(state, descriptors, count, timeout, MemorySegment.NULL));
        } catch (Throwable e) {
            throw misfit(e);
        }
    }

    int eventfd(int flags) {
        try {
            return result((int) EVENTFD.invokeExact(state, 0, flags));
        } catch (Throwable e) {
            throw misfit(e);
        }
    }

    int read(int fd, MemorySegment into) {
        try {
            return result((int) (long) READ.invokeExact(state, fd, into, into.byteSize()));
        } catch (Throwable e) {
            throw misfit(e);
        }
    }

    int write(int fd, MemorySegment octets) {
        try {
            return result((int) (long) WRITE.invokeExact(state, fd, octets, octets.byteSize()));
        } catch (Throwable e) {
            throw misfit(e);
        }
    }

    void close(int fd) {
        try {
            int ignored = (int) CLOSE.invokeExact(state, fd);
        } catch (Throwable e) {
            throw misfit(e);
        }
    }

    private int result(int returned) {
        return returned >= 0 ? returned : -(int) ERRNO.get(state, 0L);
    }

    /** What a call throws can only be a mistake in this class, or the machine's end. */
    private static Error misfit(Throwable thrown) {
        return thrown instanceof Error error
                ? error
                : new LinkageError("a call of the C library does not fit its description", thrown);
    }
}
