package dev.clarion.bgp;

import dev.clarion.net.Ip;
import java.util.Optional;

/**
 * Settings of a speaker that do not belong to one peer.
 *
 * @param listen where connections of configured peers are accepted; empty, the default, listens nowhere and only dials
 * @param restart what is known of the process before this one
 * @param neighbors who knows the routers on interfaces
 */
public record BgpOptions(Optional<Listen> listen, RestartFacts restart, Neighbors neighbors) {
    /** Dial only, by addresses only, as the first process of this boot. */
    public static final BgpOptions DEFAULT = new BgpOptions(Optional.empty());

    /** As the first process of this boot, with peers that are found by their addresses only. */
    public BgpOptions(Optional<Listen> listen) {
        this(listen, RestartFacts.NONE, Neighbors.NONE);
    }

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
