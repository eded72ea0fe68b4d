package dev.clarion.announcement.heartbeat;

import dev.clarion.net.Ip;
import java.util.List;

/**
 * The answer to {@link Prepare}.
 *
 * @param move as in the question
 * @param addresses those that the sender could take over; the others it cannot
 * @param rules whether the sender's kernel is known to have the rules for them; if not, it is not known to lack any either
 * @param keepsFlows whether the sender could keep connections alive that began at the old owner
 */
public record Ready(long move, List<Ip> addresses, boolean rules, boolean keepsFlows) implements Message {
    /** Takes a copy of the list. */
    public Ready {
        addresses = List.copyOf(addresses);
    }

    @Override
    public Kind kind() {
        return Kind.READY;
    }

    static Ready read(Reader reader) throws Malformed {
        long move = reader.u64();
        List<Ip> addresses = Records.addresses(reader);
        int flags = reader.more() ? reader.u8() : 0;
        return new Ready(move, addresses, (flags & 1) != 0, (flags & 2) != 0);
    }

    @Override
    public byte[] encode() {
        return Records.addresses(new Writer().u64(move), addresses)
                .u8((rules ? 1 : 0) | (keepsFlows ? 2 : 0))
                .toArray();
    }
}
