package dev.clarion.speaker;

import dev.clarion.bgp.BgpListener;
import dev.clarion.bgp.RestartRecord;
import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import java.util.Optional;

/** What the BGP sessions tell: counted, logged, and kept for the next run. */
final class SessionNews implements BgpListener {
    private final SpeakerMetrics metrics;
    private volatile Optional<RestartRecord> record = Optional.empty();

    SessionNews(SpeakerMetrics metrics) {
        this.metrics = metrics;
    }

    /** What the process after this one has to know of the sessions, once there is something. */
    Optional<RestartRecord> record() {
        return record;
    }

    @Override
    public void stateChanged(String peer, FsmState from, FsmState to, BgpReason reason, String detail) {
        metrics.sessionChanged(peer, to, reason);
        StateLog.sessionChanged(peer, from, to, reason, detail);
    }

    @Override
    public void routesSent(String peer, int announced, int withdrawn) {
        metrics.routesSent(peer, announced, withdrawn);
        StateLog.routesSent(peer, announced, withdrawn);
    }

    @Override
    public void restartRecordChanged(RestartRecord now) {
        record = Optional.of(now);
    }
}
