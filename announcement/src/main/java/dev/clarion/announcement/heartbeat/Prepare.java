package dev.clarion.announcement.heartbeat;

import dev.clarion.net.Ip;
import java.util.List;

/**
 * "Could you take these over?" The sender goes on answering for them.
 *
 * @param move the sender's number of this hand-over
 * @param addresses at most {@link #MAX}
 */
public record Prepare(long move, List<Ip> addresses) implements Message {
    /** How many addresses are handed over at once. */
    public static final int MAX = 32;

    /** Takes a copy of the list. */
    public Prepare {
        addresses = List.copyOf(addresses);
    }

    @Override
    public Kind kind() {
        return Kind.PREPARE;
    }

    static Prepare read(Reader reader) throws Malformed {
        return new Prepare(reader.u64(), Records.addresses(reader));
    }

    @Override
    public byte[] encode() {
        return Records.addresses(new Writer().u64(move), addresses).toArray();
    }
}
