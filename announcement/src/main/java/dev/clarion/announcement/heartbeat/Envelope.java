package dev.clarion.announcement.heartbeat;

/**
 * A message with who says it to whom.
 *
 * @param sender the node
 * @param session of the sender
 * @param receiver the session of the receiver as the sender knows it, else {@link Session#NONE}
 * @param sequence grows by one with each datagram of the session, to whomever it goes
 * @param message what is said
 */
public record Envelope(String sender, Session session, Session receiver, long sequence, Message message) {}
