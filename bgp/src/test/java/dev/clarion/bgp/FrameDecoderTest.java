package dev.clarion.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Bytes;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.Keepalive;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.RouteRefresh;
import dev.clarion.bgp.wire.Update;
import dev.clarion.bgp.wire.WireContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder());

    @Test
    void messagesComeOutWholeHoweverTheStreamIsCut() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        List<Message> kinds = List.of(
                new Keepalive(),
                new RouteRefresh(Family.IPV6_UNICAST, 0),
                Update.endOfRib(Family.IPV6_UNICAST),
                Notification.of(BgpError.BAD_PEER_AS));
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<Bytes> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            byte[] octets = kinds.get(random.nextInt(kinds.size())).encode(WireContext.INITIAL);
            expected.add(Bytes.of(octets));
            stream.writeBytes(octets);
        }
        byte[] all = stream.toByteArray();
        for (int at = 0; at < all.length; ) {
            int length = Math.min(random.nextInt(1, 70), all.length - at);
            channel.writeInbound(Unpooled.copiedBuffer(all, at, length));
            at += length;
        }
        assertThat(read()).as("seed " + seed).isEqualTo(expected);
    }

    @Test
    void garbageIsAnsweredOnceAndNoneOfItIsKept() {
        for (int i = 0; i < 1_000; i++) {
            ByteBuf garbage = Unpooled.wrappedBuffer(new byte[4_096]);
            channel.writeInbound(garbage);
            assertThat(garbage.refCnt()).as("held after buffer " + i).isZero();
        }
        assertThat(channel.<Object>readInbound()).isEqualTo(Notification.of(BgpError.CONNECTION_NOT_SYNCHRONIZED));
        assertThat(channel.<Object>readInbound()).isNull();
    }

    @Test
    void nothingIsKeptForAMessageThatIsTooLong() {
        byte[] header = new Keepalive().encode(WireContext.INITIAL);
        header[16] = (byte) 0xff;
        ByteBuf start = Unpooled.wrappedBuffer(header);
        channel.writeInbound(start);
        assertThat(channel.<Object>readInbound())
                .isEqualTo(Notification.of(BgpError.BAD_MESSAGE_LENGTH, Bytes.of((byte) 0xff, (byte) 19)));
        assertThat(start.refCnt()).isZero();
    }

    private List<Bytes> read() {
        List<Bytes> messages = new ArrayList<>();
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            messages.add(Bytes.of((byte[]) next));
        }
        return messages;
    }
}
