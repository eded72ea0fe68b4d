package dev.clarion.announcement;

import java.time.Duration;

/**
 * A speaker's Lease as last seen.
 *
 * @param renewal whatever changes with each renewal; only compared, never read as a time, since clocks of nodes differ
 * @param lifetime how long the lease lasts beyond the last change that was seen
 * @param released its holder gave it up: the node wants to own nothing any more
 * @param speaker what the speaker says of itself
 */
public record LeaseFacts(String renewal, Duration lifetime, boolean released, SpeakerFacts speaker) {}
