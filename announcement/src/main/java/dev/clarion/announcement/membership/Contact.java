package dev.clarion.announcement.membership;

import dev.clarion.announcement.heartbeat.DropReason;
import dev.clarion.announcement.heartbeat.Envelope;
import dev.clarion.announcement.heartbeat.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The session that a peer proved, by echoing ours.
 *
 * @param session the present one
 * @param window what came of it
 * @param retired earlier ones, at most {@link #REMEMBERED}: what is late of them counts no more
 */
record Contact(Session session, ReplayWindow window, List<Session> retired) {
    static final Contact NONE = new Contact(Session.NONE, ReplayWindow.EMPTY, List.of());
    private static final int REMEMBERED = 8;

    /** What became of a datagram. */
    record Checked(Contact contact, Optional<DropReason> drop, boolean restarted) {}

    Checked check(Envelope envelope, Session own) {
        if (!envelope.receiver().equals(own)) {
            return new Checked(this, Optional.of(DropReason.OTHER_SESSION), false);
        }
        if (retired.contains(envelope.session()) || envelope.session().equals(Session.NONE)) {
            return new Checked(this, Optional.of(DropReason.REPLAYED), false);
        }
        boolean fresh = !envelope.session().equals(session);
        Contact base = fresh ? new Contact(envelope.session(), ReplayWindow.EMPTY, retire()) : this;
        return base.window
                .after(envelope.sequence())
                .map(next -> new Checked(
                        new Contact(base.session, next, base.retired),
                        Optional.empty(),
                        fresh && !session.equals(Session.NONE)))
                .orElseGet(() -> new Checked(this, Optional.of(DropReason.REPLAYED), false));
    }

    private List<Session> retire() {
        if (session.equals(Session.NONE)) {
            return retired;
        }
        List<Session> all = new ArrayList<>(retired);
        all.add(session);
        return List.copyOf(all.subList(Math.max(0, all.size() - REMEMBERED), all.size()));
    }
}
