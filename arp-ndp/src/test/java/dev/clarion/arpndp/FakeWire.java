package dev.clarion.arpndp;

import dev.clarion.arpndp.wire.Decoded;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.arpndp.wire.Frames;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One interface's frames, without an interface: what a test delivers is received, and what is sent is kept. */
final class FakeWire implements FrameChannel.Opener {

    private final List<Frame> sent = new ArrayList<>();
    private final BlockingQueue<Boolean> stops = new LinkedBlockingQueue<>();
    private final CompletableFuture<FrameChannel.Receiver> receiver = new CompletableFuture<>();

    @Override
    public FrameChannel open(String interfaceName) {
        return new Channel();
    }

    /** Hands a frame in as if it had come that long ago; returns when it has been handled. */
    void deliver(Frame frame, long ageNanos) {
        receiver.orTimeout(30, TimeUnit.SECONDS).join().received(frame.encode(), ageNanos);
    }

    void deliver(Frame frame) {
        deliver(frame, 0);
    }

    /** What was sent up to now, and is forgotten with that. */
    List<Frame> takeSent() {
        synchronized (sent) {
            List<Frame> all = List.copyOf(sent);
            sent.clear();
            return all;
        }
    }

    /** What was sent about an address, as sender or target. */
    List<Frame> sentAbout(Ip address) {
        synchronized (sent) {
            return sent.stream().filter(frame -> isAbout(frame, address)).toList();
        }
    }

    private static boolean isAbout(Frame frame, Ip address) {
        return switch (frame) {
            case Frame.Arp arp ->
                arp.packet().senderIp().equals(address)
                        || arp.packet().targetIp().equals(address);
            case Frame.Solicitation asks ->
                asks.message().source().equals(address)
                        || asks.message().target().equals(address);
            case Frame.Advertisement says -> says.message().target().equals(address);
        };
    }

    private final class Channel implements FrameChannel {

        @Override
        public void receive(Receiver to) {
            receiver.complete(to);
            try {
                stops.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void stop() {
            stops.add(true);
        }

        @Override
        public void send(byte[] frame) {
            Decoded decoded = Frames.decode(frame);
            if (!(decoded instanceof Frame valid)) {
                throw new AssertionError("sent what is no frame: " + decoded);
            }
            synchronized (sent) {
                sent.add(valid);
            }
        }

        @Override
        public long lost() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
