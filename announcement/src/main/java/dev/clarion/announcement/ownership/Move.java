package dev.clarion.announcement.ownership;

import dev.clarion.net.Ip;
import java.util.List;

/**
 * A hand-over that this node began.
 *
 * @param to to whom
 * @param addresses what
 * @param reason why
 * @param committed whether the other said that it is ready
 * @param next when to say it again
 * @param tries how often it was said
 */
record Move(String to, List<Ip> addresses, MoveReason reason, boolean committed, long next, int tries) {
    static final int MAX_TRIES = 3;
    static final int MAX_COMMITS = 20;

    Move {
        addresses = List.copyOf(addresses);
    }

    boolean hopeless() {
        return tries >= (committed ? MAX_COMMITS : MAX_TRIES);
    }

    Move without(Ip address) {
        return new Move(
                to,
                addresses.stream().filter(other -> !other.equals(address)).toList(),
                reason,
                committed,
                next,
                tries);
    }
}
