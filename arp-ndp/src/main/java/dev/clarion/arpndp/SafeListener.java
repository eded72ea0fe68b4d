package dev.clarion.arpndp;

import dev.clarion.arpndp.fsm.Verdict;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
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

    void stoodIn(String interfaceName, Ip address, Mac owner, Ip requester) {
        call(() -> listener.stoodIn(interfaceName, address, owner, requester));
    }

    void told(String interfaceName, Ip address, Ip neighbour) {
        call(() -> listener.told(interfaceName, address, neighbour));
    }

    void acknowledged(String interfaceName, Ip address, Ip neighbour, boolean gateway) {
        call(() -> listener.acknowledged(interfaceName, address, neighbour, gateway));
    }

    void conflict(String interfaceName, Ip address, Mac mac) {
        call(() -> listener.conflict(interfaceName, address, mac));
    }

    void straggler(String interfaceName, Ip address, Ip host) {
        call(() -> listener.straggler(interfaceName, address, host));
    }

    void ended(String on, Verdict verdict) {
        call(() -> {
            switch (verdict) {
                case Verdict.Free free -> listener.probed(on, free.address(), new ProbeResult.Free());
                case Verdict.Foreign foreign ->
                    listener.probed(on, foreign.address(), new ProbeResult.Foreign(foreign.mac()));
                case Verdict.Unknown unknown -> listener.probed(on, unknown.address(), new ProbeResult.Unknown());
                case Verdict.KernelAnswered answered -> listener.kernelAnswered(on, answered.address(), answered.mac());
                case Verdict.KernelSilent silent -> listener.kernelSilent(on, silent.address(), silent.asked());
            }
        });
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
