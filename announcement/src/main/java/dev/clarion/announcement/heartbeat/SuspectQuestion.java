package dev.clarion.announcement.heartbeat;

import dev.clarion.net.Ip;
import java.util.Optional;

/**
 * "Do you hear this node?"
 *
 * @param suspect the node that the sender does not hear
 * @param segment an address on the segment where it is not heard; empty if it is not heard at all
 */
public record SuspectQuestion(String suspect, Optional<Ip> segment) implements Message {
    @Override
    public Kind kind() {
        return Kind.SUSPECT_QUESTION;
    }

    static SuspectQuestion read(Reader reader) throws Malformed {
        String suspect = reader.text();
        return new SuspectQuestion(suspect, optional(reader));
    }

    @Override
    public byte[] encode() {
        return write(new Writer().text(suspect), segment).toArray();
    }

    static Optional<Ip> optional(Reader reader) throws Malformed {
        return Records.addresses(reader).stream().findFirst();
    }

    static Writer write(Writer writer, Optional<Ip> address) {
        return Records.addresses(writer, address.stream().toList());
    }
}
