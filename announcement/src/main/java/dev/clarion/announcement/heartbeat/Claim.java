package dev.clarion.announcement.heartbeat;

import java.util.List;

/**
 * "I own these now." Sent to everybody when it happens, and to who says otherwise.
 *
 * @param records of the sender; no more than {@link Records#pages} puts on a page
 */
public record Claim(List<OwnershipRecord> records) implements Message {
    /** Takes a copy of the list. */
    public Claim {
        records = List.copyOf(records);
    }

    @Override
    public Kind kind() {
        return Kind.CLAIM;
    }

    @Override
    public byte[] encode() {
        return Records.write(new Writer(), records).toArray();
    }
}
