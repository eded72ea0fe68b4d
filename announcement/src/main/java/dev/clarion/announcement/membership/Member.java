package dev.clarion.announcement.membership;

import dev.clarion.net.Ip;

/**
 * A node that has a speaker.
 *
 * @param node its name
 * @param address the address of the node that heartbeats go to
 */
public record Member(String node, Ip address) {}
