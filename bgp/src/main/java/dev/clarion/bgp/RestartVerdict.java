package dev.clarion.bgp;

import dev.clarion.bgp.fsm.Memory;
import dev.clarion.bgp.fsm.Restart;

/** Whether a peer is told that we have restarted, and why, or why not (RFC 4724 section 4.1). */
public enum RestartVerdict {
    /** It is not asked to keep routes. */
    NOT_ASKED,
    /** No process came before this one, or it gave its sessions up. */
    FIRST_START,
    /** The kernel has started since: it forwarded nothing meanwhile, so whatever was kept is wrong. */
    REBOOTED,
    /** The process before had no session with this peer. */
    NO_SESSION_BEFORE,
    /** To this peer we are somebody else now: another AS number or BGP Identifier. */
    OTHER_IDENTITY,
    /** The peer has our routes, and the kernel has forwarded all the time. */
    RESTARTED;

    /** The verdict for one peer. */
    static RestartVerdict of(RestartFacts facts, PeerConfig config) {
        if (config.restart() instanceof Restart.Off) {
            return NOT_ASKED;
        }
        if (facts.before().isEmpty() || facts.before().get().sessions().isEmpty()) {
            return FIRST_START;
        }
        RestartRecord before = facts.before().get();
        if (!before.bootId().equals(facts.bootId())) {
            return REBOOTED;
        }
        return before.sessions().stream()
                .filter(held -> held.peer().equals(config.name()))
                .findFirst()
                .map(held ->
                        held.localAs() == config.localAs() && held.routerId().equals(config.routerId())
                                ? RESTARTED
                                : OTHER_IDENTITY)
                .orElse(NO_SESSION_BEFORE);
    }

    /** What the sessions begin with: the R and F bits are set for a restart that the kernel did not notice, and else not. */
    Memory memory() {
        return switch (this) {
            case RESTARTED -> Memory.RESTARTED;
            case NOT_ASKED, FIRST_START, REBOOTED, NO_SESSION_BEFORE, OTHER_IDENTITY -> Memory.FIRST_START;
        };
    }
}
