package dev.clarion.announcement.heartbeat;

/**
 * "You are no member, as far as I know": the answer to a genuine datagram of a node that the sender's list of members
 * does not have (yet). Whoever hears it holds back until the sender's list has it.
 */
public record NoMember() implements Message {
    @Override
    public Kind kind() {
        return Kind.NO_MEMBER;
    }

    @Override
    public byte[] encode() {
        return new byte[0];
    }
}
