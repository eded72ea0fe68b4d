package dev.clarion.bgp.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Code 64: whoever restarts finds its routes kept for a while (RFC 4724 section 3, RFC 8538 section 2).
 *
 * @param restarted the R bit: the speaker has just restarted, so nobody is to wait for its End-of-RIB before sending
 * @param notifications the N bit: a NOTIFICATION or an expired hold time is a restart too, unless it says hard reset
 * @param seconds how long the peer is to wait for a restarted speaker, 0 to 4095
 * @param families what is kept; none says only that the speaker knows what End-of-RIB means
 */
public record GracefulRestart(boolean restarted, boolean notifications, int seconds, List<Kept> families)
        implements Capability {
    static final int CODE = 64;

    /** The most seconds that there is room for. */
    public static final int MAX_SECONDS = 0xfff;

    private static final int RESTARTED = 0x8000;
    private static final int NOTIFICATIONS = 0x4000;
    private static final int FORWARDING = 0x80;
    private static final int KEPT_LENGTH = 4;

    /**
     * A family of routes that is kept.
     *
     * @param forwarding the F bit: the forwarding state outlived the restart
     */
    public record Kept(Family family, boolean forwarding) {}

    /** Takes a copy of the list. Throws IllegalArgumentException when the time is out of range. */
    public GracefulRestart {
        families = List.copyOf(families);
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new IllegalArgumentException("restart time " + seconds + " s is not from 0 to " + MAX_SECONDS);
        }
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public void writeValue(Writer out) {
        out.u16((restarted ? RESTARTED : 0) | (notifications ? NOTIFICATIONS : 0) | seconds);
        for (Kept kept : families) {
            out.u16(kept.family().afi()).u8(kept.family().safi()).u8(kept.forwarding() ? FORWARDING : 0);
        }
    }

    static boolean fits(int length) {
        return length >= 2 && (length - 2) % KEPT_LENGTH == 0;
    }

    static GracefulRestart read(Reader value) throws DecodeException {
        int flagsAndTime = value.u16();
        List<Kept> families = new ArrayList<>();
        while (value.hasMore()) {
            Family family = new Family(value.u16(), value.u8());
            families.add(new Kept(family, (value.u8() & FORWARDING) != 0));
        }
        return new GracefulRestart(
                (flagsAndTime & RESTARTED) != 0,
                (flagsAndTime & NOTIFICATIONS) != 0,
                flagsAndTime & MAX_SECONDS,
                families);
    }
}
