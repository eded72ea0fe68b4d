package dev.clarion.bgp.wire;

import java.util.List;

/** AS4_PATH: the real path for those behind a speaker that has two-octet AS numbers only (RFC 6793 section 4.2.2). */
public record As4Path(List<AsPath.Segment> segments) implements Attribute {
    static final int TYPE = 17;

    /** Takes a copy of the list. */
    public As4Path {
        segments = List.copyOf(segments);
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int flags() {
        return OPTIONAL | TRANSITIVE;
    }

    @Override
    public void writeValue(Writer out, WireContext context) {
        AsPath.write(out, segments, true);
    }

    static As4Path read(Reader value) throws DecodeException {
        return new As4Path(AsPath.readSegments(value, true));
    }
}
