package dev.clarion.announcement.membership;

import dev.clarion.announcement.heartbeat.DropReason;
import java.util.Optional;

/**
 * What became of a datagram.
 *
 * @param roster the next roster
 * @param drop why it does not count, if it does not
 * @param greet its sender does not know our session: say hello
 * @param acquainted its sender's session is new to us
 */
public record Reception(Roster roster, Optional<DropReason> drop, boolean greet, boolean acquainted) {}
