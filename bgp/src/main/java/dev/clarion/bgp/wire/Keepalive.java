package dev.clarion.bgp.wire;

/** KEEPALIVE: a header without a body (RFC 4271 section 4.4). */
public record Keepalive() implements Message {
    @Override
    public MessageType type() {
        return MessageType.KEEPALIVE;
    }

    @Override
    public byte[] encode(WireContext context) {
        return Header.finish(Header.start(type()), context.longest(type()));
    }
}
