package dev.clarion.announcement.heartbeat;

import dev.clarion.net.Ip;
import java.util.List;

/**
 * The answer to {@link Prepare}.
 *
 * @param move as in the question
 * @param addresses those that the sender could take over; the others it cannot
 */
public record Ready(long move, List<Ip> addresses) implements Message {
    /** Takes a copy of the list. */
    public Ready {
        addresses = List.copyOf(addresses);
    }

    @Override
    public Kind kind() {
        return Kind.READY;
    }

    static Ready read(Reader reader) throws Malformed {
        return new Ready(reader.u64(), Records.addresses(reader));
    }

    @Override
    public byte[] encode() {
        return Records.addresses(new Writer().u64(move), addresses).toArray();
    }
}
