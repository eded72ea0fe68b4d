package dev.clarion.bgp.bfd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Network namespaces are a thread's own (setns(2)), so one program can be at both ends of a wire. */
final class Namespace {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final MethodHandle OPEN = find("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETNS = find("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private Namespace() {}

    @SuppressWarnings("restricted")
    private static MethodHandle find(String name, FunctionDescriptor signature) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature);
    }

    /** Moves the thread that calls, a platform thread, into a namespace of {@code ip netns}. */
    static void enter(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/run/netns/" + name);
            int fd = (int) OPEN.invokeExact(path, 0);
            int result = fd < 0 ? fd : (int) SETNS.invokeExact(fd, CLONE_NEWNET);
            if (result < 0) {
                throw new IllegalStateException("cannot enter the namespace " + name);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("setns", e);
        }
    }
}
