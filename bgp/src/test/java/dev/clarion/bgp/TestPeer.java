package dev.clarion.bgp;

import dev.clarion.bgp.wire.Capability;
import dev.clarion.bgp.wire.Decoded;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Keepalive;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Messages;
import dev.clarion.bgp.wire.Open;
import dev.clarion.bgp.wire.WireContext;
import dev.clarion.net.Ip;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/** The other end of a session, played by a test one message at a time over a blocking socket on loopback. */
final class TestPeer implements AutoCloseable {
    static final long AS = 64_512;
    static final WireContext CONTEXT = new WireContext(true, true);

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    private TestPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** A socket that a speaker can dial, on an address of its own so that tests do not meet. */
    static ServerSocket listener(String address) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setSoTimeout(PATIENCE_MILLIS);
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
        return listener;
    }

    static TestPeer accept(ServerSocket listener) throws IOException {
        return new TestPeer(listener.accept());
    }

    static TestPeer dial(String from, int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), PATIENCE_MILLIS);
        return new TestPeer(socket);
    }

    Open open(int holdTime) {
        return open(holdTime, "10.9.9.9");
    }

    Open open(int holdTime, String id) {
        boolean v6 = socket.getInetAddress() instanceof java.net.Inet6Address;
        Family family = v6 ? Family.IPV6_UNICAST : Family.IPV4_UNICAST;
        return Open.of(
                AS,
                holdTime,
                Ip.parse(id),
                List.of(new Capability.MultiProtocol(family), new Capability.CanRouteRefresh()));
    }

    /** Exchanges OPENs and KEEPALIVEs. */
    TestPeer establish(int holdTime) throws IOException {
        expect(Open.class);
        send(open(holdTime));
        expect(Keepalive.class);
        send(new Keepalive());
        return this;
    }

    void send(Message message) throws IOException {
        send(message.encode(CONTEXT));
    }

    void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    /** The next message; throws EOFException at the end of the stream. */
    Message read() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] header = in.readNBytes(19);
        if (header.length < 19) {
            throw new EOFException("the speaker closed the connection");
        }
        int length = (header[16] & 0xff) << 8 | (header[17] & 0xff);
        byte[] octets = Arrays.copyOf(header, length);
        System.arraycopy(in.readNBytes(length - 19), 0, octets, 19, length - 19);
        if (Messages.decode(octets, CONTEXT) instanceof Decoded.Accepted(Message message, var faults)
                && faults.isEmpty()) {
            return message;
        }
        throw new AssertionError("the speaker sent " + Arrays.toString(octets));
    }

    <T extends Message> T expect(Class<T> type) throws IOException {
        return type.cast(read());
    }

    /** The next message that is no KEEPALIVE. */
    <T extends Message> T expectBesideKeepalives(Class<T> type) throws IOException {
        Message message = read();
        while (message instanceof Keepalive) {
            message = read();
        }
        return type.cast(message);
    }

    /** Whether the stream ends here, with FIN. */
    boolean atEnd() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
