package dev.clarion.speaker;

import dev.clarion.arpndp.DropReason;
import dev.clarion.arpndp.InterfaceState;
import dev.clarion.arpndp.L2Listener;
import dev.clarion.arpndp.ProbeResult;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import org.jspecify.annotations.Nullable;

/** Passes on what happens on the segments: all of it to be counted, and to ownership what it depends on. */
final class FrameNews implements L2Listener {
    private final L2Listener counts;
    private volatile @Nullable Reader reader;

    /** Who draws conclusions. Called from the announcer's threads; returns at once. */
    interface Reader {
        /** A host on the segment asked for an address. */
        void asked(String interfaceName, Ip host);

        /** Who was asked for an address has answered: the host whose own it is, or who answers for it. */
        void kernelAnswered(String interfaceName, Ip target, Mac mac);

        /** Another host speaks as the owner of an address that is held here. */
        void conflict(String interfaceName, Ip address, Mac mac);

        /** A host on the segment believes that an address is here, which it is not. */
        void straggler(Ip address, Ip host);

        /** Whether an address is free. */
        void probed(String interfaceName, Ip address, ProbeResult result);
    }

    FrameNews(L2Listener counts) {
        this.counts = counts;
    }

    /** From now on this one is told. */
    void readBy(Reader next) {
        reader = next;
    }

    @Override
    public void answered(String interfaceName, Ip address, Ip requester) {
        counts.answered(interfaceName, address, requester);
        asked(interfaceName, requester);
    }

    @Override
    public void stoodIn(String interfaceName, Ip address, Mac owner, Ip requester) {
        counts.stoodIn(interfaceName, address, owner, requester);
        asked(interfaceName, requester);
    }

    private void asked(String interfaceName, Ip requester) {
        Reader now = reader;
        if (now != null && !requester.isUnspecified()) {
            now.asked(interfaceName, requester);
        }
    }

    @Override
    public void dropped(String interfaceName, DropReason reason) {
        counts.dropped(interfaceName, reason);
    }

    @Override
    public void announced(String interfaceName, Ip address) {
        counts.announced(interfaceName, address);
    }

    @Override
    public void told(String interfaceName, Ip address, Ip neighbour) {
        counts.told(interfaceName, address, neighbour);
    }

    @Override
    public void acknowledged(String interfaceName, Ip address, Ip neighbour, boolean gateway) {
        counts.acknowledged(interfaceName, address, neighbour, gateway);
        asked(interfaceName, neighbour);
    }

    @Override
    public void conflict(String interfaceName, Ip address, Mac mac) {
        counts.conflict(interfaceName, address, mac);
        Reader now = reader;
        if (now != null) {
            now.conflict(interfaceName, address, mac);
        }
    }

    @Override
    public void straggler(String interfaceName, Ip address, Ip host) {
        counts.straggler(interfaceName, address, host);
        Reader now = reader;
        if (now != null) {
            now.straggler(address, host);
        }
    }

    @Override
    public void probed(String interfaceName, Ip address, ProbeResult result) {
        counts.probed(interfaceName, address, result);
        Reader now = reader;
        if (now != null) {
            now.probed(interfaceName, address, result);
        }
    }

    @Override
    public void kernelAnswered(String interfaceName, Ip target, Mac mac) {
        counts.kernelAnswered(interfaceName, target, mac);
        Reader now = reader;
        if (now != null) {
            now.kernelAnswered(interfaceName, target, mac);
        }
    }

    @Override
    public void kernelSilent(String interfaceName, Ip target, int asked) {
        counts.kernelSilent(interfaceName, target, asked);
    }

    @Override
    public void stateChanged(String interfaceName, InterfaceState state, String detail) {
        counts.stateChanged(interfaceName, state, detail);
    }
}
