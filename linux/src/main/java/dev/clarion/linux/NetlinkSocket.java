package dev.clarion.linux;

import dev.clarion.linux.wire.NetlinkMessage;
import dev.clarion.linux.wire.NetlinkParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** A socket to a part of the kernel that speaks netlink(7). Belongs to one thread. */
public final class NetlinkSocket implements AutoCloseable {

    private static final int AF_NETLINK = 16;
    /** Links, addresses, routes and rules (rtnetlink(7)). */
    public static final int ROUTE = 0;
    /** Connection tracking and nf_tables ({@code linux/netfilter/nfnetlink.h}). */
    public static final int NETFILTER = 12;

    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x8_0000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final byte[] YES =
            ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(1).array();
    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;

    /** The kernel fills datagrams of a dump up to 32 KiB if the reader has room for that. */
    private static final int BUFFER = 32 * 1024;

    private final int fd;
    private final byte[] buffer = new byte[BUFFER];

    private NetlinkSocket(int fd) {
        this.fd = fd;
    }

    /** Opens a socket of {@link #ROUTE} that hears the events of the groups in the mask (RTMGRP_...); 0 for none. */
    static NetlinkSocket open(int groups) throws LinuxException {
        return open(ROUTE, groups);
    }

    /**
     * Opens a socket that only hears answers.
     *
     * @param protocol {@link #ROUTE} or {@link #NETFILTER}
     * @throws LinuxException if the kernel has no such part, or refuses
     */
    public static NetlinkSocket to(int protocol) throws LinuxException {
        return open(protocol, 0);
    }

    /**
     * Opens a socket that hears what a part of the kernel tells everybody. That of {@link #NETFILTER} needs CAP_NET_ADMIN.
     *
     * @param groups the mask that bind(2) takes
     * @throws LinuxException if the kernel has no such part, or refuses
     */
    public static NetlinkSocket hearing(int protocol, int groups) throws LinuxException {
        return open(protocol, groups);
    }

    private static NetlinkSocket open(int protocol, int groups) throws LinuxException {
        int fd = Libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
        if (fd < 0) {
            throw new LinuxException("cannot open a netlink socket", -fd, "");
        }
        byte[] address = ByteBuffer.allocate(12)
                .order(ByteOrder.nativeOrder())
                .putShort(0, (short) AF_NETLINK)
                .putInt(8, groups)
                .array();
        // The kernel always answers a dump at once; if it does not, failing beats hanging.
        byte[] twoSeconds = ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putLong(0, 2)
                .array();
        int result = Libc.bind(fd, address);
        if (result >= 0) {
            result = Libc.setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, twoSeconds);
        }
        if (result >= 0) {
            // A refusal need not bring back what was asked, which may be longer than there is room.
            result = Libc.setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, YES);
        }
        if (result < 0) {
            Libc.close(fd);
            throw new LinuxException("cannot bind a netlink socket", -result, "");
        }
        return new NetlinkSocket(fd);
    }

    int fd() {
        return fd;
    }

    /**
     * Sends a request, or several at once.
     *
     * @throws LinuxException if the kernel does not take it; what it thinks of it comes as an answer
     */
    public void send(byte[] request) throws LinuxException {
        long result = Libc.send(fd, request);
        if (result < 0) {
            throw new LinuxException("cannot send a netlink request", (int) -result, "");
        }
    }

    /** Waits for one datagram. */
    NetlinkParser.Parsed receive() throws LinuxException {
        int length = await();
        return NetlinkParser.parse(buffer, length);
    }

    /**
     * Waits for one datagram of the kernel's.
     *
     * @return its bytes, in this machine's order; valid until the next call
     * @throws LinuxException if nothing comes for two seconds
     */
    public ByteBuffer receiveBytes() throws LinuxException {
        return ByteBuffer.wrap(buffer, 0, await()).slice().order(ByteOrder.nativeOrder());
    }

    /** What came in while a socket was heard. */
    public sealed interface Heard {
        /**
         * A datagram.
         *
         * @param bytes in this machine's order; valid until the next call
         */
        record Datagram(ByteBuffer bytes) implements Heard {}

        /** Nothing, for two seconds. */
        record Nothing() implements Heard {}

        /** Some were lost, because too many came at once or one was too long: everything may have changed. */
        record Lost() implements Heard {}
    }

    /**
     * Waits up to two seconds for what is told.
     *
     * @throws LinuxException if the socket cannot be read
     */
    public Heard hear() throws LinuxException {
        while (true) {
            long length = Libc.recv(fd, buffer, MSG_TRUNC);
            if (length > BUFFER || Errno.ENOBUFS.is((int) -length)) {
                return new Heard.Lost();
            }
            if (length >= 0) {
                return new Heard.Datagram(
                        ByteBuffer.wrap(buffer, 0, (int) length).slice().order(ByteOrder.nativeOrder()));
            }
            if (Errno.EAGAIN.is((int) -length)) {
                return new Heard.Nothing();
            }
            if (!Errno.EINTR.is((int) -length)) {
                throw new LinuxException("cannot hear a netlink socket", (int) -length, "");
            }
        }
    }

    private int await() throws LinuxException {
        while (true) {
            long length = Libc.recv(fd, buffer, MSG_TRUNC);
            if (length > BUFFER) {
                throw new LinuxException("a netlink message is longer than " + BUFFER + " bytes", 0, "");
            }
            if (length >= 0) {
                return (int) length;
            }
            if (!Errno.EINTR.is((int) -length)) {
                throw new LinuxException("cannot read from a netlink socket", (int) -length, "");
            }
        }
    }

    /**
     * Takes all datagrams that are there, without waiting.
     *
     * @param each takes their messages
     * @return whether some were lost (ENOBUFS), or could not be read, so that everything may have changed
     */
    boolean drain(Consumer<NetlinkMessage> each) throws LinuxException {
        boolean lost = false;
        while (true) {
            long length = Libc.recv(fd, buffer, MSG_TRUNC | MSG_DONTWAIT);
            if (length >= 0) {
                NetlinkParser.Parsed parsed = NetlinkParser.parse(buffer, (int) Math.min(length, BUFFER));
                parsed.messages().forEach(each);
                lost |= parsed.malformed() > 0 || length > BUFFER;
            } else if (Errno.ENOBUFS.is((int) -length)) {
                lost = true;
            } else if (Errno.EAGAIN.is((int) -length)) {
                return lost;
            } else if (!Errno.EINTR.is((int) -length)) {
                throw new LinuxException("cannot read events from a netlink socket", (int) -length, "");
            }
        }
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
