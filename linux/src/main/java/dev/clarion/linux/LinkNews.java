package dev.clarion.linux;

import dev.clarion.linux.wire.NetlinkMessage;
import java.util.Set;
import java.util.TreeSet;

/** What a number of events amounts to. */
final class LinkNews {

    private boolean any;
    private final Set<String> notifyPeers = new TreeSet<>();

    void add(NetlinkMessage event) {
        switch (event) {
            case NetlinkMessage.LinkMessage link -> {
                any = true;
                if (link.notifyPeers()) {
                    notifyPeers.add(link.name());
                }
            }
            case NetlinkMessage.AddressMessage address -> any = true;
            case NetlinkMessage.DefaultRoute route -> any = true;
            // Routes to pods come and go all the time.
            case NetlinkMessage.Other other -> {}
            case NetlinkMessage.Done done -> {}
            case NetlinkMessage.Failure failure -> {}
        }
    }

    /** Some events may be missing. */
    void lost(boolean some) {
        any |= some;
    }

    boolean any() {
        return any;
    }

    /** The names of interfaces whose neighbours should hear anew. */
    Set<String> notifyPeers() {
        return notifyPeers;
    }
}
