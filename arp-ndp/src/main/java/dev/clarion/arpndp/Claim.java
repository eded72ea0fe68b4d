package dev.clarion.arpndp;

import dev.clarion.net.Ip;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One owned address on one interface and what was sent for it. Guarded by its segment's lock. */
final class Claim {

    private final Ip address;
    private final Instant claimedAt = Instant.now();
    private final long claimedNanos = System.nanoTime();
    private long answered;
    private long announced;
    private long directed;
    private long acknowledged;
    private Optional<Instant> lastFrame = Optional.empty();
    private Optional<Duration> acknowledgedAfter = Optional.empty();

    Claim(Ip address) {
        this.address = address;
    }

    void answered() {
        answered++;
        lastFrame = Optional.of(Instant.now());
    }

    void announced() {
        announced++;
        lastFrame = Optional.of(Instant.now());
    }

    void directed() {
        directed++;
        lastFrame = Optional.of(Instant.now());
    }

    void acknowledged() {
        acknowledged++;
        if (acknowledgedAfter.isEmpty()) {
            acknowledgedAfter = Optional.of(Duration.ofNanos(System.nanoTime() - claimedNanos));
        }
    }

    L2Status status(String interfaceName) {
        return new L2Status(
                address,
                interfaceName,
                claimedAt,
                answered,
                announced,
                lastFrame,
                directed,
                acknowledged,
                acknowledgedAfter);
    }
}
