package dev.clarion.arpndp;

import dev.clarion.net.Ip;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a listener so that nothing that it throws reaches the caller. */
final class SafeListener {

    private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

    private final L2Listener listener;

    SafeListener(L2Listener listener) {
        this.listener = listener;
    }

    void answered(String interfaceName, Ip address, Ip requester) {
        call(() -> listener.answered(interfaceName, address, requester));
    }

    void dropped(String interfaceName, DropReason reason) {
        call(() -> listener.dropped(interfaceName, reason));
    }

    void announced(String interfaceName, Ip address) {
        call(() -> listener.announced(interfaceName, address));
    }

    void stateChanged(String interfaceName, InterfaceState state, String detail) {
        call(() -> listener.stateChanged(interfaceName, state, detail));
    }

    private static void call(Runnable method) {
        try {
            method.run();
        } catch (RuntimeException e) {
            LOG.warn("a listener failed", e);
        }
    }
}
