package dev.clarion.arpndp;

import dev.clarion.net.Ip;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What happened with one owned address on one interface since it was claimed.
 *
 * @param address the address
 * @param interfaceName the interface
 * @param claimedAt since when it is owned here
 * @param requestsAnswered requests and solicitations answered
 * @param announcementsSent gratuitous ARP frames and unsolicited advertisements sent
 * @param lastFrame when the last frame was sent for it
 * @param neighboursTold requests and solicitations sent to single neighbours, so that they learn of it
 * @param acknowledgements their answers, which say that they did
 * @param acknowledgedAfter how long after the claim the first neighbour answered
 */
public record L2Status(
        Ip address,
        String interfaceName,
        Instant claimedAt,
        long requestsAnswered,
        long announcementsSent,
        Optional<Instant> lastFrame,
        long neighboursTold,
        long acknowledgements,
        Optional<Duration> acknowledgedAfter) {}
