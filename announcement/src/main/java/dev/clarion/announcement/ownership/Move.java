package dev.clarion.announcement.ownership;

import dev.clarion.net.Ip;
import java.util.List;

/**
 * A hand-over that this node began.
 *
 * @param to to whom
 * @param addresses what
 * @param reason why
 * @param phase how far it is
 * @param rules whether the other's kernel is known to have the rules
 * @param next when to say it again, or to go on without
 * @param tries how often it was said
 */
record Move(String to, List<Ip> addresses, MoveReason reason, Phase phase, boolean rules, long next, int tries) {
    private static final int MAX_TRIES = 3;
    private static final int MAX_COMMITS = 20;

    /** How far a hand-over is. */
    enum Phase {
        /** The other was asked. */
        ASKED,
        /** It is ready, and connections are being made to survive. */
        FLOWS,
        /** It was told to take over. */
        COMMITTED
    }

    Move {
        addresses = List.copyOf(addresses);
    }

    static Move asked(String to, List<Ip> addresses, MoveReason reason, long next) {
        return new Move(to, addresses, reason, Phase.ASKED, false, next, 1);
    }

    Move ready(List<Ip> agreed, boolean withRules, Phase then, long again) {
        return new Move(to, agreed, reason, then, withRules, again, 0);
    }

    Move committed(long again) {
        return new Move(to, addresses, reason, Phase.COMMITTED, rules, again, 0);
    }

    Move again(long again) {
        return new Move(to, addresses, reason, phase, rules, again, tries + 1);
    }

    boolean hopeless() {
        return switch (phase) {
            case ASKED -> tries >= MAX_TRIES;
            case FLOWS -> false;
            case COMMITTED -> tries >= MAX_COMMITS;
        };
    }

    Move without(Ip address) {
        return new Move(
                to,
                addresses.stream().filter(other -> !other.equals(address)).toList(),
                reason,
                phase,
                rules,
                next,
                tries);
    }
}
