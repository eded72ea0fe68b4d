package dev.clarion.announcement.flows;

import dev.clarion.net.Ip;
import java.util.Set;

/**
 * A connection, as its client sees it.
 *
 * @param protocol the number of IANA: 6 TCP, 17 UDP, 132 SCTP
 * @param client whose it is; of the same family as {@code address}
 * @param clientPort 0 to 65535
 * @param address to which address of a Service
 * @param port 0 to 65535
 */
public record Flow(int protocol, Ip client, int clientPort, Ip address, int port) {
    private static final Set<Integer> PROTOCOLS = Set.of(6, 17, 132);
    private static final int MAX_PORT = 0xffff;

    /** Throws IllegalArgumentException for what is none. */
    public Flow {
        if (!possible(protocol, client, clientPort, address, port)) {
            throw new IllegalArgumentException(
                    protocol + " from " + client + " port " + clientPort + " to " + address + " port " + port);
        }
    }

    static boolean possible(int protocol, Ip client, int clientPort, Ip address, int port) {
        return PROTOCOLS.contains(protocol)
                && client.family() == address.family()
                && clientPort >= 0
                && clientPort <= MAX_PORT
                && port >= 0
                && port <= MAX_PORT;
    }
}
