package dev.clarion.speaker;

import dev.clarion.bgp.BgpListener;
import dev.clarion.bgp.RestartRecord;
import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import dev.clarion.kube.EventRecorder;
import dev.clarion.kube.EventType;
import dev.clarion.kube.ObjectRef;
import java.util.Optional;

/** What the BGP sessions tell: counted, logged, recorded on the node, and kept for the next run. */
final class SessionNews implements BgpListener {
    private final SpeakerMetrics metrics;
    private volatile Optional<RestartRecord> record = Optional.empty();
    private volatile Recorder recorder = (type, reason, words) -> {};

    /** Takes events. */
    @FunctionalInterface
    private interface Recorder {
        void record(EventType type, EventReason reason, String words);
    }

    SessionNews(SpeakerMetrics metrics) {
        this.metrics = metrics;
    }

    /** What the process after this one has to know of the sessions, once there is something. */
    Optional<RestartRecord> record() {
        return record;
    }

    /** From now on there is somebody who takes events about this node. */
    void record(EventRecorder events, String node) {
        ObjectRef about = ObjectRef.node(node);
        recorder = (type, reason, words) -> events.record(about, type, reason.word(), words);
    }

    @Override
    public void stateChanged(String peer, FsmState from, FsmState to, BgpReason reason, String detail) {
        metrics.sessionChanged(peer, to, reason);
        StateLog.sessionChanged(peer, from, to, reason, detail);
        if (to == FsmState.ESTABLISHED && from != to) {
            recorder.record(EventType.NORMAL, EventReason.BGP_SESSION_UP, "BGP session with " + peer + " is up");
        } else if (from == FsmState.ESTABLISHED && from != to) {
            recorder.record(
                    reason == BgpReason.DECONFIGURED ? EventType.NORMAL : EventType.WARNING,
                    EventReason.BGP_SESSION_DOWN,
                    "BGP session with " + peer + " is down: " + reason + (detail.isEmpty() ? "" : ", " + detail));
        }
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
