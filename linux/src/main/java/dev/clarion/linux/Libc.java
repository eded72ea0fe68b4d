package dev.clarion.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The functions of the C library that this module calls. Each returns what the function returns, or the error number
 * as a negative value, as the kernel itself does.
 */
final class Libc {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            find("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND = find("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            find("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SEND =
            find("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECV =
            find("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SENDTO =
            find("sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECVFROM = find(
            "recvfrom", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle READ =
            find("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle POLL =
            find("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle EVENTFD = find("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle WRITE =
            find("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle SCHED_SETSCHEDULER =
            find("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle SETPRIORITY =
            find("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private static final long POLLFD_SIZE = 8;
    private static final short POLLIN = 1;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;

    private Libc() {}

    @SuppressWarnings("restricted") // This is what the module is for; the launchers grant native access.
    private static MethodHandle find(String name, FunctionDescriptor signature) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), signature, Linker.Option.captureCallState("errno"));
    }

    /** A call with room for errno; what it throws can only be a mistake in this class. */
    @FunctionalInterface
    private interface Call {
        long with(MemorySegment state, Arena arena) throws Throwable;
    }

    private static long call(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = call.with(state, arena);
            return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("a call of the C library does not fit its description", e);
        }
    }

    static int socket(int domain, int type, int protocol) {
        return (int) call((state, arena) -> (int) SOCKET.invokeExact(state, domain, type, protocol));
    }

    static int bind(int fd, byte[] address) {
        return (int) call((state, arena) -> (int) BIND.invokeExact(state, fd, copy(arena, address), address.length));
    }

    static int setsockopt(int fd, int level, int name, byte[] value) {
        return (int) call((state, arena) ->
                (int) SETSOCKOPT.invokeExact(state, fd, level, name, copy(arena, value), value.length));
    }

    static long send(int fd, byte[] bytes) {
        return call((state, arena) -> (long) SEND.invokeExact(state, fd, copy(arena, bytes), (long) bytes.length, 0));
    }

    /** Receives one datagram; with MSG_TRUNC in the flags the result is its true length, which may exceed the buffer. */
    static long recv(int fd, byte[] into, int flags) {
        return call((state, arena) -> {
            MemorySegment buffer = arena.allocate(into.length);
            long length = (long) RECV.invokeExact(state, fd, buffer, (long) into.length, flags);
            if (length > 0) {
                int copied = (int) Math.min(length, into.length);
                MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, 0, copied);
            }
            return length;
        });
    }

    /** Sends one datagram to an address, without waiting. */
    static long sendTo(int fd, byte[] bytes, byte[] address) {
        return call((state, arena) -> (long) SENDTO.invokeExact(
                state,
                fd,
                copy(arena, bytes),
                (long) bytes.length,
                MSG_DONTWAIT,
                copy(arena, address),
                address.length));
    }

    /** As {@link #recv}; the sender's address goes into {@code from}. */
    static long recvFrom(int fd, byte[] into, byte[] from, int flags) {
        return call((state, arena) -> {
            MemorySegment buffer = arena.allocate(into.length);
            MemorySegment address = arena.allocate(from.length, Long.BYTES);
            MemorySegment addressLength = arena.allocate(JAVA_INT);
            addressLength.set(JAVA_INT, 0, from.length);
            long length =
                    (long) RECVFROM.invokeExact(state, fd, buffer, (long) into.length, flags, address, addressLength);
            if (length >= 0) {
                int copied = (int) Math.min(length, into.length);
                MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, 0, copied);
                MemorySegment.copy(address, ValueLayout.JAVA_BYTE, 0, from, 0, from.length);
            }
            return length;
        });
    }

    static long read(int fd, byte[] into) {
        return call((state, arena) -> {
            MemorySegment buffer = arena.allocate(into.length);
            long length = (long) READ.invokeExact(state, fd, buffer, (long) into.length);
            if (length > 0) {
                MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, 0, (int) length);
            }
            return length;
        });
    }

    /** Lets a socket's program of {@code struct sock_filter}s, 8 octets each, decide what gets in (SO_ATTACH_FILTER). */
    static int attachFilter(int fd, byte[] program) {
        return (int) call((state, arena) -> {
            MemorySegment described = arena.allocate(16, Long.BYTES);
            described.set(JAVA_SHORT, 0, (short) (program.length / 8));
            described.set(ADDRESS, 8, copy(arena, program));
            return (int) SETSOCKOPT.invokeExact(state, fd, SOL_SOCKET, SO_ATTACH_FILTER, described, 16);
        });
    }

    /** Waits until one of two descriptors can be read; whether it is the second one, or an error number. */
    static long awaitReadable(int first, int second, int timeoutMillis) {
        return call((state, arena) -> {
            MemorySegment both = arena.allocate(2 * POLLFD_SIZE, JAVA_INT.byteAlignment());
            both.set(JAVA_INT, 0, first);
            both.set(JAVA_SHORT, 4, POLLIN);
            both.set(JAVA_INT, POLLFD_SIZE, second);
            both.set(JAVA_SHORT, POLLFD_SIZE + 4, POLLIN);
            int ready = (int) POLL.invokeExact(state, both, 2L, timeoutMillis);
            return ready < 0 ? ready : both.get(JAVA_SHORT, POLLFD_SIZE + 6) != 0 ? 1 : 0;
        });
    }

    static int eventfd(int flags) {
        return (int) call((state, arena) -> (int) EVENTFD.invokeExact(state, 0, flags));
    }

    static long write(int fd, byte[] bytes) {
        return call((state, arena) -> (long) WRITE.invokeExact(state, fd, copy(arena, bytes), (long) bytes.length));
    }

    static int schedSetscheduler(int pid, int policy, byte[] parameter) {
        return (int) call(
                (state, arena) -> (int) SCHED_SETSCHEDULER.invokeExact(state, pid, policy, copy(arena, parameter)));
    }

    static int setpriority(int which, int who, int priority) {
        return (int) call((state, arena) -> (int) SETPRIORITY.invokeExact(state, which, who, priority));
    }

    static int close(int fd) {
        return (int) call((state, arena) -> (int) CLOSE.invokeExact(state, fd));
    }

    private static MemorySegment copy(Arena arena, byte[] bytes) {
        MemorySegment segment = arena.allocate(Math.max(1, bytes.length), Long.BYTES);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return segment;
    }
}
