package dev.clarion.announcement.heartbeat;

/**
 * "Who owns what?"
 *
 * @param digest of the asker's own table
 */
public record TableRequest(long digest) implements Message {
    @Override
    public Kind kind() {
        return Kind.TABLE_REQUEST;
    }

    @Override
    public byte[] encode() {
        return new Writer().u64(digest).toArray();
    }
}
