package dev.clarion.linux.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The requests that are sent: dumps of all links, addresses and routes. */
public enum NetlinkRequest {
    /** RTM_GETLINK with {@code struct ifinfomsg}. */
    LINKS(18, 16),
    /** RTM_GETADDR with {@code struct ifaddrmsg}. */
    ADDRESSES(22, 8),
    /** RTM_GETROUTE with {@code struct rtmsg}. */
    ROUTES(26, 12);

    private static final int HEADER = 16;
    private static final int NLM_F_REQUEST = 0x1;
    private static final int NLM_F_DUMP = 0x300;

    private final int type;
    private final int body;

    NetlinkRequest(int type, int body) {
        this.type = type;
        this.body = body;
    }

    /**
     * The bytes of the request; its body is all zero, which asks for every link and every family.
     *
     * @param sequence comes back in each message of the answer; not 0, which marks events
     */
    public byte[] encode(int sequence) {
        return ByteBuffer.allocate(HEADER + body)
                .order(ByteOrder.nativeOrder())
                .putInt(0, HEADER + body)
                .putShort(4, (short) type)
                .putShort(6, (short) (NLM_F_REQUEST | NLM_F_DUMP))
                .putInt(8, sequence)
                .array();
    }
}
