package dev.clarion.arpndp;

import com.sun.jna.Native;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.RawPacketListener;
import org.pcap4j.packet.namednumber.DataLinkType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel on libpcap: one handle that receives, and another that sends, so that sending never waits for the
 * lock that a receiving handle is held with.
 */
final class PcapChannel implements FrameChannel {
    private static final Logger LOG = LoggerFactory.getLogger(PcapChannel.class);

    /** Questions and answers of ARP and NDP; everything else stays in the kernel. */
    private static final String NEIGHBOURS =
            "(arp and (arp[6:2] == 1 or arp[6:2] == 2)) or (icmp6 and (ip6[40] == 135 or ip6[40] == 136))";

    /** No frame is that short: what sends shall not receive. */
    private static final String NOTHING = "less 1";

    private static final int SNAPLEN = 128;
    private static final int RECEIVE_BUFFER = 1 << 20;
    private static final int SEND_BUFFER = 1 << 16;

    /** Without effect on answers, since the mode is immediate; a timeout of 0 is not safe on every platform. */
    private static final int TIMEOUT_MILLIS = 1_000;

    private static final long NANOS_PER_MILLI = 1_000_000L;

    /** Who receives on this thread, for {@link #thrown}. */
    private static final ThreadLocal<PcapChannel> RECEIVING = new ThreadLocal<>();

    static {
        Native.setCallbackExceptionHandler((callback, thrown) -> thrown(thrown));
    }

    private final String name;
    private final PcapHandle in;
    private final PcapHandle out;
    /** What the handling of a frame threw, here or in the library. */
    private @Nullable Throwable broken;

    private PcapChannel(String name, PcapHandle in, PcapHandle out) {
        this.name = name;
        this.in = in;
        this.out = out;
    }

    static FrameChannel open(String name) throws IOException {
        return open(name, PromiscuousMode.NONPROMISCUOUS);
    }

    static FrameChannel.Opener opener(Settings settings) {
        PromiscuousMode mode = settings.promiscuous() ? PromiscuousMode.PROMISCUOUS : PromiscuousMode.NONPROMISCUOUS;
        return name -> open(name, mode);
    }

    private static FrameChannel open(String name, PromiscuousMode mode) throws IOException {
        try {
            PcapHandle in = handle(name, mode, RECEIVE_BUFFER, NEIGHBOURS, BpfCompileMode.OPTIMIZE);
            try {
                PcapHandle out =
                        handle(name, PromiscuousMode.NONPROMISCUOUS, SEND_BUFFER, NOTHING, BpfCompileMode.NONOPTIMIZE);
                return new PcapChannel(name, in, out);
            } catch (PcapNativeException | NotOpenException | IOException e) {
                in.close();
                throw e;
            }
        } catch (PcapNativeException | NotOpenException e) {
            throw new IOException(
                    "cannot open " + name + " for ARP and NDP: " + e.getMessage()
                            + " (the process needs the capability CAP_NET_RAW, and the interface must be up)",
                    e);
        } catch (LinkageError e) {
            throw new IOException(
                    "libpcap or JNA's native library cannot be loaded: " + e.getMessage()
                            + " (install the package libpcap0.8; with a read-only root set jna.boot.library.path)",
                    e);
        }
    }

    private static PcapHandle handle(
            String name, PromiscuousMode promiscuous, int buffer, String filter, BpfCompileMode mode)
            throws PcapNativeException, NotOpenException, IOException {
        PcapHandle handle = new PcapHandle.Builder(name)
                .snaplen(SNAPLEN)
                .promiscuousMode(promiscuous)
                .timeoutMillis(TIMEOUT_MILLIS)
                .immediateMode(true)
                .bufferSize(buffer)
                .build();
        try {
            if (!handle.getDlt().equals(DataLinkType.EN10MB)) {
                throw new IOException(name + " is not an Ethernet interface, so there is no ARP and NDP on it");
            }
            handle.setDirection(PcapDirection.IN);
            handle.setFilter(filter, mode);
            return handle;
        } catch (PcapNativeException | NotOpenException | IOException e) {
            handle.close();
            throw e;
        }
    }

    @Override
    public void receive(Receiver receiver) throws IOException {
        RECEIVING.set(this);
        try {
            in.loop(-1, (RawPacketListener) frame -> receiver.received(frame, ageNanos()), PcapChannel::handle);
        } catch (InterruptedException e) {
            // This is how pcap4j says that breakLoop() was called; the thread itself was not interrupted.
            if (broken != null) {
                throw new IOException(name + ": a received frame could not be handled: " + broken, broken);
            }
        } catch (PcapNativeException | NotOpenException e) {
            throw new IOException(name + " stopped delivering frames: " + e.getMessage(), e);
        } finally {
            RECEIVING.remove();
        }
    }

    /** In place of pcap4j's own way to call the listener, which writes what it throws into a log and goes on. */
    private static void handle(Runnable frame) {
        try {
            frame.run();
        } catch (RuntimeException | Error thrown) {
            thrown(thrown);
        }
    }

    /**
     * Libpcap's C code lies between the loop and what it calls, and no exception passes through it: without this, JNA
     * would print it and the loop go on, deaf and counted as healthy.
     */
    private static void thrown(Throwable thrown) {
        PcapChannel channel = RECEIVING.get();
        if (channel == null) {
            LOG.error("a callback of native code failed", thrown);
        } else if (channel.broken == null) {
            channel.broken = thrown;
            channel.stop();
        }
    }

    /** The kernel stamps frames with the time of day. */
    private long ageNanos() {
        return (System.currentTimeMillis() - in.getTimestamp().getTime()) * NANOS_PER_MILLI;
    }

    @Override
    public void stop() {
        try {
            in.breakLoop();
        } catch (NotOpenException e) {
            // Closed already: there is nothing to stop.
            return;
        }
    }

    @Override
    public void send(byte[] frame) throws IOException {
        try {
            out.sendPacket(frame);
        } catch (PcapNativeException | NotOpenException e) {
            throw new IOException("cannot send on " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public long lost() {
        try {
            return in.getStats().getNumPacketsDropped();
        } catch (PcapNativeException | NotOpenException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        in.close();
        out.close();
    }
}
