package dev.clarion.linux.flows.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects netlink messages (netlink(7)): headers in this machine's order, attributes as each part of the kernel wants. */
final class RequestWriter {
    static final int HEADER = 16;
    static final int F_REQUEST = 0x1;
    static final int F_ACK = 0x4;
    static final int F_DUMP = 0x300;
    static final int F_EXCLUSIVE = 0x200;
    static final int F_CREATE = 0x400;
    static final int F_APPEND = 0x800;
    /** Of RTM_NEWROUTE: what is there is replaced. */
    static final int F_REPLACE = 0x100;

    private static final int NESTED = 0x8000;
    private static final int NO_MESSAGE = -1;

    private ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());
    private int message = NO_MESSAGE;

    /** Begins a message, and ends the one before. */
    RequestWriter message(int type, int flags, int sequence) {
        endMessage();
        message = bytes.position();
        room(HEADER);
        bytes.putInt(0).putShort((short) type).putShort((short) (flags | F_REQUEST));
        bytes.putInt(sequence).putInt(0);
        return this;
    }

    RequestWriter bytes(byte... more) {
        room(more.length);
        bytes.put(more);
        return this;
    }

    /** A number in this machine's order. */
    RequestWriter number(int number) {
        room(Integer.BYTES);
        bytes.putInt(number);
        return this;
    }

    RequestWriter attribute(int type, byte... value) {
        room(4 + value.length + 3);
        bytes.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        return pad();
    }

    RequestWriter text(int type, String text) {
        return attribute(type, (text + '\0').getBytes(StandardCharsets.US_ASCII));
    }

    /** A number of 32 bits in network order, as netfilter wants it. */
    RequestWriter network(int type, int number) {
        return attribute(type, ByteBuffer.allocate(4).putInt(number).array());
    }

    /** A number of 64 bits in network order. */
    RequestWriter network(int type, long number) {
        return attribute(type, ByteBuffer.allocate(8).putLong(number).array());
    }

    /** A number of 32 bits in this machine's order. */
    RequestWriter own(int type, int number) {
        return attribute(type, own(number));
    }

    static byte[] own(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(number)
                .array();
    }

    /** Begins an attribute that has attributes in it; what is returned ends it. */
    int nest(int type) {
        int at = bytes.position();
        room(4);
        bytes.putShort((short) 0).putShort((short) (type | NESTED));
        return at;
    }

    RequestWriter end(int nest) {
        bytes.putShort(nest, (short) (bytes.position() - nest));
        return this;
    }

    byte[] done() {
        endMessage();
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private void endMessage() {
        if (message != NO_MESSAGE) {
            pad();
            bytes.putInt(message, bytes.position() - message);
            message = NO_MESSAGE;
        }
    }

    private RequestWriter pad() {
        room(3);
        while (bytes.position() % 4 != 0) {
            bytes.put((byte) 0);
        }
        return this;
    }

    private void room(int more) {
        if (bytes.remaining() < more) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(bytes.capacity() * 2, bytes.position() + more))
                    .order(ByteOrder.nativeOrder());
            bytes = larger.put(bytes.flip());
        }
    }
}
