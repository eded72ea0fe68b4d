package dev.clarion.announcement.heartbeat;

import java.util.List;

/**
 * "They are yours": the receiver claims them with the next epoch. The sender stops when it hears that claim.
 *
 * @param move as in {@link Prepare}
 * @param records those that are handed over, as they stand
 */
public record Commit(long move, List<OwnershipRecord> records) implements Message {
    /** Takes a copy of the list. */
    public Commit {
        records = List.copyOf(records);
    }

    @Override
    public Kind kind() {
        return Kind.COMMIT;
    }

    static Commit read(Reader reader) throws Malformed {
        return new Commit(reader.u64(), Records.read(reader));
    }

    @Override
    public byte[] encode() {
        return Records.write(new Writer().u64(move), records).toArray();
    }
}
