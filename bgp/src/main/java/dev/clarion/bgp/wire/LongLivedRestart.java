package dev.clarion.bgp.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Code 71: routes of a speaker that went away are kept still longer, but as the least preferred (RFC 9494 section 3.1).
 * Means nothing without {@link GracefulRestart} beside it.
 *
 * @param families what is kept
 */
public record LongLivedRestart(List<Kept> families) implements Capability {
    static final int CODE = 71;

    /** The most seconds that there is room for: 194 days. */
    public static final int MAX_SECONDS = 0xff_ffff;

    private static final int FORWARDING = 0x80;
    private static final int KEPT_LENGTH = 7;

    /**
     * A family of routes that is kept.
     *
     * @param forwarding the F bit: the forwarding state outlived the restart
     * @param seconds how long, 0 to 16777215
     */
    public record Kept(Family family, boolean forwarding, int seconds) {
        /** Throws IllegalArgumentException when the time is out of range. */
        public Kept {
            if (seconds < 0 || seconds > MAX_SECONDS) {
                throw new IllegalArgumentException("stale time " + seconds + " s is not from 0 to " + MAX_SECONDS);
            }
        }
    }

    /** Takes a copy of the list. */
    public LongLivedRestart {
        families = List.copyOf(families);
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public void writeValue(Writer out) {
        for (Kept kept : families) {
            out.u16(kept.family().afi()).u8(kept.family().safi()).u8(kept.forwarding() ? FORWARDING : 0);
            out.u8(kept.seconds() >>> 16).u16(kept.seconds());
        }
    }

    static boolean fits(int length) {
        return length % KEPT_LENGTH == 0;
    }

    static LongLivedRestart read(Reader value) throws DecodeException {
        List<Kept> families = new ArrayList<>();
        while (value.hasMore()) {
            Family family = new Family(value.u16(), value.u8());
            boolean forwarding = (value.u8() & FORWARDING) != 0;
            families.add(new Kept(family, forwarding, value.u8() << 16 | value.u16()));
        }
        return new LongLivedRestart(families);
    }
}
