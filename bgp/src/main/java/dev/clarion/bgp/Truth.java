package dev.clarion.bgp;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.bgp.fsm.Memory;
import dev.clarion.bgp.fsm.PeerStep;
import dev.clarion.bgp.wire.Message;
import dev.clarion.bgp.wire.Notification;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What there is to tell of a peer: the last of everything. On the loop. */
final class Truth {
    private FsmState state = FsmState.IDLE;
    private Instant since = Instant.now();
    private BgpReason reason = BgpReason.STARTED;
    private Optional<String> lastError = Optional.empty();
    private Optional<SessionStatus.Said> lastSent = Optional.empty();
    private Optional<SessionStatus.Said> lastReceived = Optional.empty();
    private final EnumSet<PeerField> pending = EnumSet.noneOf(PeerField.class);
    private BfdState bfd = BfdState.UNKNOWN;

    void changed(PeerStep.Change change) {
        reason = change.reason();
        if (change.to() != state) {
            state = change.to();
            since = Instant.now();
        }
        if (!change.detail().isEmpty()) {
            lastError = Optional.of(change.detail() + " at " + Instant.now());
        }
        if (change.reason() == BgpReason.CONNECTED) {
            pending.clear(); // An OPEN has just been made of the settings.
        }
    }

    void sent(Message message) {
        if (message instanceof Notification notification) {
            lastSent = Optional.of(new SessionStatus.Said(notification.describe(), Instant.now()));
        }
    }

    void received(Message message) {
        if (message instanceof Notification notification) {
            lastReceived = Optional.of(new SessionStatus.Said(notification.describe(), Instant.now()));
        }
    }

    void waiting(Set<PeerField> fields) {
        fields.stream().filter(field -> field.need() == Need.NEXT_OPEN).forEach(pending::add);
    }

    void bfd(BfdState now) {
        bfd = now;
    }

    Instant since() {
        return since;
    }

    Optional<String> lastError() {
        return lastError;
    }

    SessionStatus facts(Session session, Memory memory, RestartVerdict restart) {
        return new SessionStatus(
                reason,
                session.negotiated().map(Agreed::of),
                session.timers(),
                lastSent,
                lastReceived,
                session.socket(),
                memory.backOff().failures(),
                memory.concession().describe(),
                pending,
                bfd,
                restart);
    }
}
