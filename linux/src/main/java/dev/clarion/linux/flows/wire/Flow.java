package dev.clarion.linux.flows.wire;

import dev.clarion.net.Ip;

/**
 * A connection, as its client sees it: what the first packet said, before this node changed where it goes.
 *
 * @param protocol the number of IANA: 6 TCP, 17 UDP, 132 SCTP
 * @param client whose it is; of the same family as {@code address}
 * @param clientPort 0 to 65535
 * @param address to which address
 * @param port 0 to 65535
 */
public record Flow(int protocol, Ip client, int clientPort, Ip address, int port) {
    /** TCP. */
    public static final int TCP = 6;
    /** UDP. */
    public static final int UDP = 17;
    /** SCTP. */
    public static final int SCTP = 132;
}
