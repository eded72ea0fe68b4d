package dev.clarion.config;

import dev.clarion.net.Ip;
import java.time.Duration;

/**
 * A router that every node opens a BGP session to.
 *
 * @param name a DNS label, unique among peers
 * @param myAsn our AS number, 1 to 4294967295
 * @param peerAsn the router's AS number, 1 to 4294967295
 * @param peerAddress the router's address, on TCP port 179; no two peers have the same
 * @param holdTime the hold time that we propose (RFC 4271 section 4.2): zero, or 3 to 65535 whole seconds
 */
public record BgpPeer(String name, long myAsn, long peerAsn, Ip peerAddress, Duration holdTime) implements ConfigEntry {
    /** The hold time of a peer that names none (the value that RFC 4271 section 10 suggests). */
    public static final Duration DEFAULT_HOLD_TIME = Duration.ofSeconds(90);

    @Override
    public Section section() {
        return Section.BGP_PEERS;
    }
}
