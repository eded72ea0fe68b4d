package dev.clarion.announcement.membership;

import dev.clarion.announcement.heartbeat.SuspectQuestion;

/**
 * A second opinion is wanted.
 *
 * @param of whom to ask
 * @param question what to ask
 */
public record Question(String of, SuspectQuestion question) {}
