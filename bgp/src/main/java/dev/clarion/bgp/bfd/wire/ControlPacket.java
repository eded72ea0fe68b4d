package dev.clarion.bgp.bfd.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A BFD control packet without authentication (RFC 5880 section 4.1). The version is 1 and the multipoint bit 0,
 * always.
 *
 * @param diagnostic the sender's reason for its last change of state, a code of 0 to 31 ({@link Diagnostic#of})
 * @param state the sender's state
 * @param poll whether an answer with {@code last} is asked for
 * @param last the Final bit: this answers a poll
 * @param independent the control plane independent bit: BFD outlives the sender's control plane
 * @param demand whether the sender wants no periodic packets while both sides are up
 * @param multiplier of how many intervals of the sender the detection time is made, 1 to 255
 * @param myDiscriminator the sender's name for the session, not 0
 * @param yourDiscriminator the receiver's name for the session; 0 if the sender does not know it
 * @param desiredMinTx the least interval in which the sender wants to send, in microseconds, unsigned 32 bits
 * @param requiredMinRx the least interval in which the sender can receive, in microseconds, unsigned 32 bits; 0 asks
 *     for no periodic packets
 * @param requiredMinEchoRx the same for echo packets; 0 refuses them
 */
public record ControlPacket(
        int diagnostic,
        BfdState state,
        boolean poll,
        boolean last,
        boolean independent,
        boolean demand,
        int multiplier,
        int myDiscriminator,
        int yourDiscriminator,
        long desiredMinTx,
        long requiredMinRx,
        long requiredMinEchoRx) {

    /** The octets of a packet without authentication. */
    public static final int LENGTH = 24;

    private static final int LENGTH_WITH_AUTHENTICATION = 26;
    private static final int VERSION = 1;
    private static final int POLL = 0x20;
    private static final int LAST = 0x10;
    private static final int INDEPENDENT = 0x08;
    private static final int AUTHENTICATION = 0x04;
    private static final int DEMAND = 0x02;
    private static final int MULTIPOINT = 0x01;
    private static final int MY_DISCRIMINATOR = 4;
    private static final int YOUR_DISCRIMINATOR = 8;
    private static final long U32 = 0xffff_ffffL;

    /** Throws IllegalArgumentException when a value is outside its range. */
    public ControlPacket {
        if (diagnostic < 0 || diagnostic > 31 || multiplier < 1 || multiplier > 255 || myDiscriminator == 0) {
            throw new IllegalArgumentException("a diagnostic of 0 to 31, a multiplier of 1 to 255 and a discriminator"
                    + " other than 0, not " + diagnostic + ", " + multiplier + " and " + myDiscriminator);
        }
        if (((desiredMinTx | requiredMinRx | requiredMinEchoRx) & ~U32) != 0) {
            throw new IllegalArgumentException("intervals of 0 to 4294967295 microseconds, not " + desiredMinTx + ", "
                    + requiredMinRx + " and " + requiredMinEchoRx);
        }
    }

    /**
     * What is wrong with a received packet before anybody knows its session; null if nothing is. Reads at absolute
     * indexes from 0, big endian, and makes no object: this is what floods of garbage meet.
     *
     * @param octets begins with the packet
     * @param length how many octets the datagram carried, though the buffer may hold fewer
     */
    public static @Nullable Discard fault(ByteBuffer octets, int length) {
        if (length < LENGTH) {
            return Discard.TRUNCATED;
        }
        int flags = octets.get(1);
        int said = octets.get(3) & 0xff;
        if ((octets.get(0) & 0xff) >>> 5 != VERSION) {
            return Discard.VERSION;
        } else if (said < ((flags & AUTHENTICATION) == 0 ? LENGTH : LENGTH_WITH_AUTHENTICATION)) {
            return Discard.LENGTH_TOO_SMALL;
        } else if (said > length) {
            return Discard.LENGTH_BEYOND_DATAGRAM;
        } else if (octets.get(2) == 0) {
            return Discard.MULTIPLIER_ZERO;
        } else if ((flags & MULTIPOINT) != 0) {
            return Discard.MULTIPOINT;
        } else if (octets.getInt(MY_DISCRIMINATOR) == 0) {
            return Discard.MY_DISCRIMINATOR_ZERO;
        }
        return null;
    }

    /** The receiver's discriminator in a packet without {@link #fault}. */
    public static int yourDiscriminator(ByteBuffer octets) {
        return octets.getInt(YOUR_DISCRIMINATOR);
    }

    /** The sender's state in a packet without {@link #fault}. */
    public static BfdState state(ByteBuffer octets) {
        return BfdState.of((octets.get(1) & 0xff) >>> 6);
    }

    /** Whether a packet without {@link #fault} is authenticated. */
    public static boolean authenticated(ByteBuffer octets) {
        return (octets.get(1) & AUTHENTICATION) != 0;
    }

    /** The packet in octets without {@link #fault}; an authentication section is not looked at. */
    public static ControlPacket decode(ByteBuffer octets) {
        int flags = octets.get(1) & 0xff;
        return new ControlPacket(
                octets.get(0) & 0x1f,
                state(octets),
                (flags & POLL) != 0,
                (flags & LAST) != 0,
                (flags & INDEPENDENT) != 0,
                (flags & DEMAND) != 0,
                octets.get(2) & 0xff,
                octets.getInt(MY_DISCRIMINATOR),
                octets.getInt(YOUR_DISCRIMINATOR),
                octets.getInt(12) & U32,
                octets.getInt(16) & U32,
                octets.getInt(20) & U32);
    }

    /** Writes {@value #LENGTH} octets at index 0; the buffer is big endian, and its position stays. */
    public void encode(ByteBuffer octets) {
        int flags = state.code() << 6
                | (poll ? POLL : 0)
                | (last ? LAST : 0)
                | (independent ? INDEPENDENT : 0)
                | (demand ? DEMAND : 0);
        octets.put(0, (byte) (VERSION << 5 | diagnostic))
                .put(1, (byte) flags)
                .put(2, (byte) multiplier)
                .put(3, (byte) LENGTH)
                .putInt(MY_DISCRIMINATOR, myDiscriminator)
                .putInt(YOUR_DISCRIMINATOR, yourDiscriminator)
                .putInt(12, (int) desiredMinTx)
                .putInt(16, (int) requiredMinRx)
                .putInt(20, (int) requiredMinEchoRx);
    }
}
