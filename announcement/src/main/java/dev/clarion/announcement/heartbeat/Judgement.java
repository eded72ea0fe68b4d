package dev.clarion.announcement.heartbeat;

/**
 * What the sender, who watches it, thinks of another node.
 *
 * @param node the node
 * @param condition how it is
 */
public record Judgement(String node, Condition condition) {}
