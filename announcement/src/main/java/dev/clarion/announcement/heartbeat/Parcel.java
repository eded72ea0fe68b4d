package dev.clarion.announcement.heartbeat;

/**
 * Something that belongs to a hand-over and is for those around the core, which carries it without looking: as the
 * connections that are to survive. It may be lost, come twice (it is sent by all ways), or late.
 *
 * @param move the old owner's number of the hand-over
 * @param content at most {@link #MAX} bytes
 */
public record Parcel(long move, Content content) implements Message {
    /** The most bytes of content. */
    public static final int MAX = 1000;

    /** Throws IllegalArgumentException if there is too much. */
    public Parcel {
        if (content.length() > MAX) {
            throw new IllegalArgumentException(content + " are more than " + MAX);
        }
    }

    @Override
    public Kind kind() {
        return Kind.PARCEL;
    }

    static Parcel read(Reader reader) throws Malformed {
        long move = reader.u64();
        int length = reader.u16();
        if (length > MAX) {
            throw new Malformed();
        }
        return new Parcel(move, Content.of(reader.take(length)));
    }

    @Override
    public byte[] encode() {
        return new Writer()
                .u64(move)
                .u16(content.length())
                .bytes(content.toBytes())
                .toArray();
    }
}
