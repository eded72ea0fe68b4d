package dev.clarion.allocation;

import java.time.Instant;

/**
 * The condition {@code clarion.dev/Allocated} of a Service.
 *
 * @param allocated the condition's status: True or False
 * @param reason one word in CamelCase, see {@link AllocationReason#word()}
 * @param message a sentence for people
 * @param observedGeneration the Service's generation that was looked at
 * @param since when {@code allocated} last changed; of a Service that waits, since when it waits
 */
public record Condition(boolean allocated, String reason, String message, long observedGeneration, Instant since) {
    boolean saysTheSameAs(Condition other) {
        return allocated == other.allocated
                && reason.equals(other.reason)
                && message.equals(other.message)
                && observedGeneration == other.observedGeneration;
    }
}
