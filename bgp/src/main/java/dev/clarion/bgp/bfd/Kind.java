package dev.clarion.bgp.bfd;

import dev.clarion.net.IpFamily;
import java.util.Optional;

/**
 * What sessions have to share to receive on one socket.
 *
 * @param family of the addresses
 * @param multihop by which port packets come
 * @param vrf the VRF device; empty for the main routing table
 */
record Kind(IpFamily family, boolean multihop, Optional<String> vrf) {
    /** RFC 5881 section 4. */
    private static final int SINGLE_HOP_PORT = 3784;

    /** RFC 5883 section 5. */
    private static final int MULTIHOP_PORT = 4784;

    static Kind of(BfdSessionConfig config) {
        return new Kind(config.peer().family(), config.multihop(), config.vrf());
    }

    int port() {
        return multihop ? MULTIHOP_PORT : SINGLE_HOP_PORT;
    }
}
