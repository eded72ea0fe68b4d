package dev.clarion.bgp;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Signatures of TCP segments (RFC 2385, TCP_MD5SIG of tcp(7)). Always set on the open socket and answered for, never as an
 * option of a bootstrap: that only logs what fails, and connects without.
 */
final class Md5 {
    /** include/uapi/linux/tcp.h: struct tcp_md5sig. */
    private static final int LENGTH = 216;

    private static final int ADDRESS_LENGTH = 128;
    private static final int KEY_OFFSET = 136;
    private static final RawUnixChannelOption TCP_MD5SIG = new RawUnixChannelOption("TCP_MD5SIG", 6, 14, LENGTH);

    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    /** What the C library says for ENOENT, in whatever language: the exception tells nothing but this. */
    private static final String NO_SUCH_KEY = words(Errors.newIOException("setsockopt", -2));

    private Md5() {}

    private static String words(Errors.NativeIoException error) {
        String message = String.valueOf(error.getMessage());
        return message.substring(message.indexOf("): ") + 3);
    }

    /** From now on only segments from this address that are signed with the password get in, and ours are signed. */
    static void set(Channel channel, Ip peer, Password password) throws SocketFault {
        try {
            channel.config().setOption(TCP_MD5SIG, struct(peer, password.octets()));
        } catch (ChannelException refused) {
            throw new SocketFault(
                    BgpReason.PASSWORD_REFUSED,
                    "the kernel does not sign segments to " + peer + " (TCP_MD5SIG)",
                    refused);
        }
    }

    /** Takes the password off; whether there was one. */
    static boolean remove(Channel channel, Ip peer) throws SocketFault {
        try {
            channel.config().setOption(TCP_MD5SIG, struct(peer, new byte[0]));
            return true;
        } catch (ChannelException refused) {
            if (String.valueOf(refused.getMessage()).endsWith(NO_SUCH_KEY)) {
                return false;
            }
            throw new SocketFault(
                    BgpReason.PASSWORD_REFUSED, "the kernel keeps the password of " + peer + " (TCP_MD5SIG)", refused);
        }
    }

    /**
     * Gives an accepted socket the present password. It has to have had one before: of a connection that began without
     * nobody knows who began it.
     */
    static void inherit(Channel accepted, Ip peer, Optional<Password> password) throws SocketFault {
        if (password.isEmpty()) {
            return;
        }
        if (!remove(accepted, peer)) {
            throw new SocketFault(
                    BgpReason.PASSWORD_REFUSED,
                    "the connection from " + peer + " is not signed",
                    new IllegalStateException("it began before the password was set"));
        }
        set(accepted, peer, password.get());
    }

    private static ByteBuffer struct(Ip peer, byte[] key) {
        ByteBuffer struct = ByteBuffer.allocateDirect(LENGTH).order(ByteOrder.nativeOrder());
        if (Socket.isIPv6Preferred()) {
            // Netty's sockets are IPv6 ones then, and know IPv4 addresses as mapped ones.
            struct.putShort(AF_INET6).putShort((short) 0).putInt(0);
            if (peer.family() == IpFamily.IPV4) {
                struct.position(struct.position() + 10);
                struct.putShort((short) 0xffff);
            }
        } else {
            struct.putShort(AF_INET).putShort((short) 0);
        }
        struct.put(peer.toBytes());
        struct.putShort(ADDRESS_LENGTH + 2, (short) key.length);
        struct.position(KEY_OFFSET);
        struct.put(key);
        struct.rewind();
        struct.limit(LENGTH);
        return struct;
    }
}
