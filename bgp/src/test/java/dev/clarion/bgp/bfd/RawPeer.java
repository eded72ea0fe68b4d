package dev.clarion.bgp.bfd;

import dev.clarion.bgp.bfd.wire.BfdState;
import dev.clarion.bgp.bfd.wire.ControlPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A peer that says what the test wants, in the router's namespace. It says that it sends once a second and may miss
 * 255, so it need not speak.
 */
final class RawPeer implements AutoCloseable {
    static final int DISCRIMINATOR = 0x0b0b_0b0b;

    private final DatagramChannel hears;
    private final DatagramChannel speaks;
    private final InetSocketAddress to;

    RawPeer(String from, String to) throws IOException, InterruptedException {
        this.hears = open(from, 3784);
        this.speaks = open(from, 50_000);
        this.to = new InetSocketAddress(InetAddress.getByName(to), 3784);
        hears.configureBlocking(false);
    }

    /** A socket stays in the namespace in which it was made, so a thread that went there makes it. */
    static DatagramChannel open(String address, int port) throws IOException, InterruptedException {
        CompletableFuture<DatagramChannel> made = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Namespace.enter("rtr");
                made.complete(DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getByName(address), port)));
            } catch (IOException | RuntimeException failed) {
                made.completeExceptionally(failed);
            }
        });
        try {
            return made.get();
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
    }

    void say(byte[] octets) throws IOException {
        speaks.send(ByteBuffer.wrap(octets), to);
    }

    void say(String hex) throws IOException {
        say(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    void say(ControlPacket packet) throws IOException {
        byte[] octets = new byte[ControlPacket.LENGTH];
        packet.encode(ByteBuffer.wrap(octets));
        say(octets);
    }

    /** A packet of this peer. */
    static ControlPacket packet(BfdState state, int yours, boolean poll, boolean last, boolean demand, long required) {
        return new ControlPacket(
                0, state, poll, last, false, demand, 255, DISCRIMINATOR, yours, 1_000_000, required, 0);
    }

    static ControlPacket packet(BfdState state, int yours) {
        return packet(state, yours, false, false, false, 1_000_000);
    }

    /** The last packet that came, of those not looked at yet; null if none did. */
    @org.jspecify.annotations.Nullable
    ControlPacket heard() throws IOException {
        ControlPacket last = null;
        ByteBuffer octets = ByteBuffer.allocate(64);
        while (hears.receive(octets) != null) {
            last = ControlPacket.decode(octets.clear());
            octets.clear();
        }
        return last;
    }

    @Override
    public void close() throws IOException {
        hears.close();
        speaks.close();
    }
}
