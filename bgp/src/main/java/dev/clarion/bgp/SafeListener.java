package dev.clarion.bgp;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the sessions safe from what a listener throws. */
record SafeListener(BgpListener listener) implements BgpListener {
    private static final Logger LOG = LoggerFactory.getLogger(BgpSpeaker.class);

    @Override
    public void stateChanged(String peer, FsmState from, FsmState to, BgpReason reason, String detail) {
        safely(() -> listener.stateChanged(peer, from, to, reason, detail));
    }

    @Override
    public void routesSent(String peer, int announced, int withdrawn) {
        safely(() -> listener.routesSent(peer, announced, withdrawn));
    }

    @Override
    public void restartRecordChanged(RestartRecord record) {
        safely(() -> listener.restartRecordChanged(record));
    }

    private static void safely(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException thrown) {
            LOG.error("a BGP listener failed; the sessions go on", thrown);
        }
    }
}
