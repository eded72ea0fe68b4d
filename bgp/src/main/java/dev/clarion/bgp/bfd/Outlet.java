package dev.clarion.bgp.bfd;

import dev.clarion.bgp.bfd.fsm.Step.Change;
import java.nio.ByteBuffer;

/** Where a session's packets and news go. */
interface Outlet {

    /**
     * Sends the first 24 octets.
     *
     * @return whether the kernel took them
     */
    boolean send(ByteBuffer packet);

    /** The session's state is another; it shows the new one already. */
    void changed(Change change);
}
