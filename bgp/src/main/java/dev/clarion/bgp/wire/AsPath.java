package dev.clarion.bgp.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * AS_PATH: the ASes that a route went through (RFC 4271 section 5.1.2), their numbers of two or four octets as agreed
 * (RFC 6793 section 4).
 *
 * @param segments nearest first; none on a route that starts in the receiver's AS
 */
public record AsPath(List<Segment> segments) implements Attribute {
    static final int TYPE = 2;

    /** The path of a route that begins in the receiver's own AS. */
    public static final AsPath EMPTY = new AsPath(List.of());

    /** Takes a copy of the list. */
    public AsPath {
        segments = List.copyOf(segments);
    }

    /**
     * A part of a path.
     *
     * @param set whether the order of the numbers is lost (AS_SET; never sent, RFC 9774)
     * @param numbers 1 to 255 AS numbers
     */
    public record Segment(boolean set, List<Long> numbers) {
        private static final int SET = 1;
        private static final int SEQUENCE = 2;

        /** Takes a copy of the list. Throws IllegalArgumentException when it is empty or too long. */
        public Segment {
            numbers = List.copyOf(numbers);
            if (numbers.isEmpty() || numbers.size() > 255) {
                throw new IllegalArgumentException("a path segment has 1 to 255 AS numbers, not " + numbers.size());
            }
        }
    }

    /** A path of one AS. */
    public static AsPath of(long as) {
        return new AsPath(List.of(new Segment(false, List.of(as))));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int flags() {
        return WELL_KNOWN;
    }

    /** Whether two octets cannot hold every number. */
    public boolean needsFourOctets() {
        return segments.stream().flatMap(segment -> segment.numbers().stream()).anyMatch(as -> as > 65_535);
    }

    @Override
    public void writeValue(Writer out, WireContext context) {
        write(out, segments, context.fourOctetAs());
    }

    static AsPath read(Reader value, WireContext context) throws DecodeException {
        return new AsPath(readSegments(value, context.fourOctetAs()));
    }

    static void write(Writer out, List<Segment> segments, boolean fourOctets) {
        for (Segment segment : segments) {
            out.u8(segment.set() ? Segment.SET : Segment.SEQUENCE)
                    .u8(segment.numbers().size());
            for (long as : segment.numbers()) {
                if (fourOctets) {
                    out.u32(as);
                } else {
                    out.u16(as > 65_535 ? Open.AS_TRANS : (int) as);
                }
            }
        }
    }

    static List<Segment> readSegments(Reader value, boolean fourOctets) throws DecodeException {
        List<Segment> segments = new ArrayList<>();
        while (value.hasMore()) {
            int type = value.u8();
            int count = value.u8();
            if ((type != Segment.SET && type != Segment.SEQUENCE) || count == 0) {
                throw new DecodeException(BgpError.MALFORMED_AS_PATH);
            }
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                numbers.add(number(value, fourOctets));
            }
            segments.add(new Segment(type == Segment.SET, numbers));
        }
        return segments;
    }

    /** Nobody has AS number 0 (RFC 7607 section 2). */
    private static long number(Reader value, boolean fourOctets) throws DecodeException {
        long as = fourOctets ? value.u32() : value.u16();
        if (as == 0) {
            throw new DecodeException(BgpError.MALFORMED_AS_PATH);
        }
        return as;
    }
}
