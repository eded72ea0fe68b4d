package dev.clarion.bgp;

import dev.clarion.bgp.wire.Header;
import dev.clarion.bgp.wire.WireContext;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the stream into messages: hands on whole ones as arrays, or once, what to answer a stream that is not BGP, after
 * which everything is thrown away. Nothing of a body is kept before its header has been found good.
 */
final class FrameDecoder extends ByteToMessageDecoder {
    private WireContext context = WireContext.INITIAL;
    private boolean broken;

    /** What holds for all that follows, once both OPENs are known: how long messages may be. */
    void agree(WireContext agreed) {
        context = agreed;
    }

    @Override
    protected void decode(ChannelHandlerContext channel, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        byte[] start = new byte[Math.min(in.readableBytes(), Header.LENGTH)];
        in.getBytes(in.readerIndex(), start);
        switch (Header.check(start, context)) {
            case Header.Checked.Incomplete _ -> {}
            case Header.Checked.Bad bad -> {
                broken = true;
                in.skipBytes(in.readableBytes());
                out.add(bad.error());
            }
            case Header.Checked.Good good
            when in.readableBytes() >= good.length() -> {
                byte[] message = new byte[good.length()];
                in.readBytes(message);
                out.add(message);
            }
            case Header.Checked.Good _ -> {}
        }
    }
}
