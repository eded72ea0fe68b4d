package dev.clarion.bgp;

import dev.clarion.net.Ip;
import java.util.Optional;

/**
 * Settings of a speaker that do not belong to one peer.
 *
 * @param listen where connections of configured peers are accepted; empty, the default, listens nowhere and only dials
 */
public record BgpOptions(Optional<Listen> listen) {
    /** Dial only. */
    public static final BgpOptions DEFAULT = new BgpOptions(Optional.empty());

    /**
     * A listening socket.
     *
     * @param address the local address; {@code ::} accepts both families
     * @param port the local port, 1 to 65535, or 0 for a free one
     */
    public record Listen(Ip address, int port) {
        /** Throws IllegalArgumentException when the port is out of range. */
        public Listen {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("listening port " + port + " is not from 0 to 65535");
            }
        }
    }
}
