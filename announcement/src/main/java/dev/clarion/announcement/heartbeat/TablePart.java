package dev.clarion.announcement.heartbeat;

import java.util.List;

/**
 * A page of the answer to {@link TableRequest}.
 *
 * @param part which page, from 0
 * @param parts how many there are, at least 1
 * @param digest of the whole table
 * @param records no more than {@link Records#pages} puts on a page
 */
public record TablePart(int part, int parts, long digest, List<OwnershipRecord> records) implements Message {
    /** Takes a copy of the list; throws IllegalArgumentException for a page that cannot be. */
    public TablePart {
        if (part < 0 || part >= parts || parts > 0xffff) {
            throw new IllegalArgumentException("page " + part + " of " + parts);
        }
        records = List.copyOf(records);
    }

    @Override
    public Kind kind() {
        return Kind.TABLE_PART;
    }

    static TablePart read(Reader reader) throws Malformed {
        int part = reader.u16();
        int parts = reader.u16();
        long digest = reader.u64();
        if (part >= parts) {
            throw new Malformed();
        }
        return new TablePart(part, parts, digest, Records.read(reader));
    }

    @Override
    public byte[] encode() {
        return Records.write(new Writer().u16(part).u16(parts).u64(digest), records)
                .toArray();
    }
}
