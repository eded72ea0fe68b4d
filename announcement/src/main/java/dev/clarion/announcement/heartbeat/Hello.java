package dev.clarion.announcement.heartbeat;

/** "This is my session": the answer to a datagram that was sent to an earlier run, or to no run at all. */
public record Hello() implements Message {
    @Override
    public Kind kind() {
        return Kind.HELLO;
    }

    @Override
    public byte[] encode() {
        return new byte[0];
    }
}
