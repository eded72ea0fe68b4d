package dev.clarion.arpndp.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;

/** The multicast addresses of NDP, and how IPv6 groups map to Ethernet (RFC 4291 section 2.7.1, RFC 2464 section 7). */
public final class SolicitedNode {

    /** All nodes on the link, ff02::1. */
    public static final Ip ALL_NODES = Ip.ofV6(0xff02_0000_0000_0000L, 1);

    private static final long GROUP_LOW = 0x0000_0001_ff00_0000L;
    private static final long LAST_24_BITS = 0xff_ffffL;
    private static final long LAST_32_BITS = 0xffff_ffffL;
    private static final long ETHERNET = 0x3333_0000_0000L;

    private SolicitedNode() {}

    /** The group ff02::1:ffXX:XXXX on which solicitations for an IPv6 address arrive. */
    public static Ip groupOf(Ip address) {
        return Ip.ofV6(ALL_NODES.high(), GROUP_LOW | (address.low() & LAST_24_BITS));
    }

    /** The Ethernet address 33:33:XX:XX:XX:XX of an IPv6 multicast group. */
    public static Mac macOf(Ip group) {
        return Mac.of(ETHERNET | (group.low() & LAST_32_BITS));
    }

    /** Whether an Ethernet address is that of some IPv6 multicast group. */
    public static boolean isGroupMac(Mac mac) {
        byte[] bytes = mac.toBytes();
        return bytes[0] == 0x33 && bytes[1] == 0x33;
    }
}
