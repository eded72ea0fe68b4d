package dev.clarion.bgp;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.wire.Notification;

/** Hears nothing of a connection that is refused anyway. */
enum Deaf implements Connection.Events {
    EVENTS;

    @Override
    public void connected() {}

    @Override
    public void failed(BgpReason reason, String why) {}

    @Override
    public void received(byte[] message) {}

    @Override
    public void malformed(Notification error) {}

    @Override
    public void lost(String why) {}

    @Override
    public void blocked() {}

    @Override
    public void flowing(boolean all) {}

    @Override
    public void writable() {}
}
