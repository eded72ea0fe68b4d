package dev.clarion.announcement.heartbeat;

import java.util.Arrays;

/**
 * The form of every datagram, in network order:
 *
 * <pre>
 *   u16 mark  u8 version  u8 lowest version that understands this  u8 kind  u32 key
 *   text sender  u64 u64 its session  u64 u64 the receiver's  u64 sequence
 *   u16 length, body, and whatever a newer version adds
 *   16 bytes: HMAC-SHA256 over all before, cut
 * </pre>
 *
 * A newer version may add fields at the end of each message and of each element of a list that has lengths, and behind
 * the body; and kinds. All that is skipped here. So two versions work side by side.
 */
public final class Datagrams {
    /** The longest datagram. */
    public static final int MAX_LENGTH = 1400;
    /** The version written here. */
    public static final int VERSION = 1;

    private static final int MARK = 0xc1a0;
    private static final int HEAD = 2 + 1 + 1 + 1 + 4 + 16 + 16 + 8 + 2;
    private static final int SHORTEST = HEAD + 1 + KeyRing.SIGNATURE;
    /** The longest body, whatever the sender's name. */
    static final int MAX_BODY = MAX_LENGTH - HEAD - 256 - KeyRing.SIGNATURE;

    private Datagrams() {}

    /** The bytes of a message, signed. */
    public static byte[] encode(Envelope envelope, KeyRing keys) {
        byte[] body = envelope.message().encode();
        return seal(
                new Writer()
                        .u16(MARK)
                        .u8(VERSION)
                        .u8(VERSION)
                        .constant(envelope.message().kind())
                        .u32(keys.signer())
                        .text(envelope.sender())
                        .u64(envelope.session().boot())
                        .u64(envelope.session().incarnation())
                        .u64(envelope.receiver().boot())
                        .u64(envelope.receiver().incarnation())
                        .u64(envelope.sequence())
                        .u16(body.length)
                        .bytes(body)
                        .toArray(),
                keys);
    }

    /** The bytes with their signature behind them. */
    static byte[] seal(byte[] bytes, KeyRing keys) {
        byte[] sealed = Arrays.copyOf(bytes, bytes.length + KeyRing.SIGNATURE);
        System.arraycopy(keys.sign(sealed, bytes.length), 0, sealed, bytes.length, KeyRing.SIGNATURE);
        return sealed;
    }

    /** Reads a datagram; looks at nothing but its mark, version, key and signature before that is known to be right. */
    public static Decoded decode(byte[] bytes, KeyRing keys) {
        if (bytes.length > MAX_LENGTH) {
            return new Decoded.Dropped(DropReason.TOO_LONG);
        }
        if (bytes.length < SHORTEST) {
            return new Decoded.Dropped(DropReason.TOO_SHORT);
        }
        int signed = bytes.length - KeyRing.SIGNATURE;
        try {
            return read(bytes, signed, keys);
        } catch (Malformed wrong) {
            return new Decoded.Dropped(DropReason.MALFORMED);
        }
    }

    private static Decoded read(byte[] bytes, int signed, KeyRing keys) throws Malformed {
        Reader reader = new Reader(bytes, 0, signed);
        if (reader.u16() != MARK) {
            return new Decoded.Dropped(DropReason.NOT_OURS);
        }
        int version = reader.u8();
        int lowest = reader.u8();
        int kind = reader.u8();
        int key = (int) reader.u32();
        if (!keys.has(key)) {
            return new Decoded.Dropped(DropReason.UNKNOWN_KEY);
        }
        if (!keys.verifies(key, bytes, signed)) {
            return new Decoded.Dropped(DropReason.BAD_SIGNATURE);
        }
        if (lowest > VERSION) {
            return new Decoded.Dropped(DropReason.VERSION_TOO_NEW);
        }
        Message.Kind[] kinds = Message.Kind.values();
        if (kind >= kinds.length) {
            return new Decoded.Dropped(version > VERSION ? DropReason.UNKNOWN_KIND : DropReason.MALFORMED);
        }
        String sender = reader.text();
        Session session = new Session(reader.u64(), reader.u64());
        Session receiver = new Session(reader.u64(), reader.u64());
        long sequence = reader.u64();
        Message message = kinds[kind].read(reader.slice(reader.u16()));
        return new Decoded.Accepted(new Envelope(sender, session, receiver, sequence, message));
    }
}
