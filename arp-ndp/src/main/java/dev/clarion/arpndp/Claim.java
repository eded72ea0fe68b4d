package dev.clarion.arpndp;

import dev.clarion.net.Ip;
import java.time.Instant;
import java.util.Optional;

/** One owned address on one interface and what was sent for it. Guarded by its segment's lock. */
final class Claim {

    private final Ip address;
    private final Instant claimedAt = Instant.now();
    private long answered;
    private long announced;
    private Optional<Instant> lastFrame = Optional.empty();

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

    L2Status status(String interfaceName) {
        return new L2Status(address, interfaceName, claimedAt, answered, announced, lastFrame);
    }
}
