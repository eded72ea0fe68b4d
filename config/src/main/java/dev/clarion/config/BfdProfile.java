package dev.clarion.config;

import java.time.Duration;

/**
 * How BFD (RFC 5880) watches a peer.
 *
 * @param name unique among BFD profiles
 * @param receiveInterval the shortest time between packets that we accept, 10 ms to 60 s
 * @param transmitInterval the shortest time between packets that we send, 10 ms to 60 s
 * @param detectMultiplier how many packets may be missing before the session is down, 2 to 255
 * @param echoInterval the shortest time between echo packets, 10 ms to 60 s
 * @param echoMode whether echo packets are sent
 * @param passiveMode whether we wait for the peer to begin
 * @param minimumTtl the lowest TTL of packets that are accepted over several hops, 1 to 254
 */
public record BfdProfile(
        String name,
        Duration receiveInterval,
        Duration transmitInterval,
        int detectMultiplier,
        Duration echoInterval,
        boolean echoMode,
        boolean passiveMode,
        int minimumTtl)
        implements ConfigEntry {
    /** Both intervals of a profile that names none. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofMillis(300);
    /** The multiplier of a profile that names none. */
    public static final int DEFAULT_MULTIPLIER = 3;
    /** The echo interval of a profile that names none. */
    public static final Duration DEFAULT_ECHO_INTERVAL = Duration.ofMillis(50);
    /** The lowest TTL of a profile that names none. */
    public static final int DEFAULT_MINIMUM_TTL = 254;

    @Override
    public Section section() {
        return Section.BFD_PROFILES;
    }
}
