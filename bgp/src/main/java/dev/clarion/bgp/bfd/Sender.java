package dev.clarion.bgp.bfd;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.clarion.bgp.bfd.wire.ControlPacket;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The socket from which one session sends: a source port of its own that stays the same (RFC 5881 section 4), all hops
 * left, and the class of routing protocols.
 */
final class Sender {
    static final int FIRST_PORT = 49_152;
    static final int LAST_PORT = 65_535;

    private static final int HOPS = 255;
    /** DSCP CS6, as bgpd and bfdd do: what is lost last when a link is full. */
    private static final int NETWORK_CONTROL = 0xc0;

    private static final int LEAST = 1;
    private static final ValueLayout.OfLong NETWORK_LONG = JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);

    private final Calls calls;
    private final Arena arena;
    private final int fd;
    private final int port;
    private final int interfaceIndex;
    private final boolean pinned;
    private final MemorySegment address;
    private final MemorySegment octets;

    private Sender(
            Calls calls,
            Arena arena,
            int fd,
            int port,
            int interfaceIndex,
            boolean pinned,
            MemorySegment address,
            MemorySegment octets) {
        this.calls = calls;
        this.arena = arena;
        this.fd = fd;
        this.port = port;
        this.interfaceIndex = interfaceIndex;
        this.pinned = pinned;
        this.address = address;
        this.octets = octets;
    }

    /** What {@link #open} made of it. */
    sealed interface Opened {
        record Ready(Sender sender) implements Opened {}

        record Refused(BfdProblem problem, String detail) implements Opened {}
    }

    /**
     * Opens the socket of a session.
     *
     * @param pinned whether it is always to send from the address that the kernel would choose now, where the
     *     configuration names none; otherwise the kernel may choose another one for each packet
     * @param ports gives the ports to try, one after the other
     */
    static Opened open(BfdSessionConfig config, boolean pinned, Ports ports, Calls calls) {
        Arena arena = Arena.ofConfined();
        Opened opened = open(config, pinned, ports, calls, arena);
        if (opened instanceof Opened.Refused) {
            arena.close();
        }
        return opened;
    }

    private static Opened open(BfdSessionConfig config, boolean pinned, Ports ports, Calls calls, Arena arena) {
        int index = 0;
        if (config.interfaceName().isPresent()) {
            index = calls.interfaceIndex(
                    Kernel.name(arena, config.interfaceName().get()));
            if (index == 0) {
                return new Opened.Refused(
                        BfdProblem.INTERFACE_MISSING, config.interfaceName().get());
            }
        }
        int scope = index;
        SocketOptions socket =
                new SocketOptions(calls, arena, Kernel.domain(config.peer().family()));
        if (config.peer().family() == IpFamily.IPV4) {
            socket.set(Kernel.IPPROTO_IP, Kernel.IP_TTL, HOPS).set(Kernel.IPPROTO_IP, Kernel.IP_TOS, NETWORK_CONTROL);
        } else {
            socket.set(Kernel.IPPROTO_IPV6, Kernel.IPV6_UNICAST_HOPS, HOPS)
                    .set(Kernel.IPPROTO_IPV6, Kernel.IPV6_TCLASS, NETWORK_CONTROL)
                    .set(Kernel.IPPROTO_IPV6, Kernel.IPV6_V6ONLY, 1);
        }
        // Nothing is read here: what strangers send to this port need not wait in memory.
        socket.set(Kernel.SOL_SOCKET, Kernel.SO_RCVBUF, LEAST);
        device(socket, config, arena);
        Ip any = Kernel.any(config.peer().family());
        Ip source = config.local().orElseGet(() -> pinned ? kernelsChoice(config, scope, calls, arena) : any);
        int port = bind(socket, source, index, ports, arena);
        int fd = socket.done();
        if (fd < 0) {
            return new Opened.Refused(
                    fd == -Kernel.EADDRNOTAVAIL ? BfdProblem.LOCAL_ADDRESS_MISSING : BfdProblem.NOT_SENDING,
                    Kernel.words(fd));
        }
        return new Opened.Ready(new Sender(
                calls,
                arena,
                fd,
                port,
                index,
                pinned,
                Kernel.address(arena, config.peer(), Kind.of(config).port(), index),
                arena.allocate(ControlPacket.LENGTH, Long.BYTES)));
    }

    private static void device(SocketOptions socket, BfdSessionConfig config, Arena arena) {
        config.interfaceName()
                .or(config::vrf)
                .ifPresent(name -> socket.set(Kernel.SOL_SOCKET, Kernel.SO_BINDTODEVICE, Kernel.name(arena, name)));
    }

    /** From which address the kernel would send to the peer now; the one for all if it would not send at all. */
    private static Ip kernelsChoice(BfdSessionConfig config, int scope, Calls calls, Arena arena) {
        IpFamily family = config.peer().family();
        SocketOptions probe = new SocketOptions(calls, arena, Kernel.domain(family));
        device(probe, config, arena);
        MemorySegment peer =
                Kernel.address(arena, config.peer(), Kind.of(config).port(), scope);
        probe.connect(peer);
        int fd = probe.done();
        if (fd < 0) {
            return Kernel.any(family);
        }
        MemorySegment own = Kernel.address(arena, Kernel.any(family), 0, 0);
        calls.getsockname(fd, own, Kernel.number(arena, (int) own.byteSize()));
        calls.close(fd);
        return Kernel.ip(own, family);
    }

    private static int bind(SocketOptions socket, Ip source, int index, Ports ports, Arena arena) {
        int port = ports.first();
        for (int tries = 0; tries <= LAST_PORT - FIRST_PORT; tries++) {
            if (!ports.used(port)) {
                socket.bind(Kernel.address(arena, source, port, index));
                if (!socket.taken() || tries == LAST_PORT - FIRST_PORT) {
                    return port;
                }
                socket.again();
            }
            port = port == LAST_PORT ? FIRST_PORT : port + 1;
        }
        return port;
    }

    /** Which source ports a session may have. */
    interface Ports {
        /** The one to try first. */
        int first();

        /** Whether another session has it. */
        boolean used(int port);

        /** The same, with another one to try first. */
        default Ports beginningWith(int port) {
            Ports all = this;
            return new Ports() {
                @Override
                public int first() {
                    return port;
                }

                @Override
                public boolean used(int other) {
                    return all.used(other);
                }
            };
        }
    }

    int port() {
        return port;
    }

    /** The index of the session's interface; 0 if it has none. */
    int interfaceIndex() {
        return interfaceIndex;
    }

    /** Whether it was opened to send from one address always. */
    boolean pinned() {
        return pinned;
    }

    /** Sends; 0 or more, or a negative error number. */
    int send(ByteBuffer packet) {
        for (int i = 0; i < octets.byteSize(); i += Long.BYTES) {
            octets.set(NETWORK_LONG, i, packet.getLong(i));
        }
        return calls.sendto(fd, octets, Kernel.MSG_DONTWAIT | Kernel.MSG_NOSIGNAL, address);
    }

    void close() {
        calls.close(fd);
        arena.close();
    }
}
