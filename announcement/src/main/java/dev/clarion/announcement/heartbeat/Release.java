package dev.clarion.announcement.heartbeat;

import java.util.List;

/**
 * "These are anybody's": the sender stopped answering for them, and found nobody to hand them to.
 *
 * @param records released ones; no more than {@link Records#pages} puts on a page
 */
public record Release(List<OwnershipRecord> records) implements Message {
    /** Takes a copy of the list. */
    public Release {
        records = List.copyOf(records);
    }

    @Override
    public Kind kind() {
        return Kind.RELEASE;
    }

    @Override
    public byte[] encode() {
        return Records.write(new Writer(), records).toArray();
    }
}
