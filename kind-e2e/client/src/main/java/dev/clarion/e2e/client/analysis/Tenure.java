package dev.clarion.e2e.client.analysis;

/**
 * A run of answers from the same responder.
 *
 * @param fromNanos when the first request that it answered was sent
 * @param untilNanos when the last one was sent
 * @param answers how many
 */
public record Tenure(Responder responder, long fromNanos, long untilNanos, int answers) {}
