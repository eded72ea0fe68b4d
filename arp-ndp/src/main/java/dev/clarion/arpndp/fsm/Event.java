package dev.clarion.arpndp.fsm;

import dev.clarion.net.Ip;
import java.util.Set;

/** What {@link AnnouncementSchedule} reacts to. Points of time are {@link System#nanoTime} values. */
public sealed interface Event {

    /**
     * These addresses are owned from now on; those that were owned before go on as they are.
     *
     * @param addresses the addresses
     * @param now when
     */
    record Claimed(Set<Ip> addresses, long now) implements Event {}

    /**
     * These addresses are no longer owned: nothing more is announced about them.
     *
     * @param addresses the addresses
     */
    record Released(Set<Ip> addresses) implements Event {}

    /**
     * The link came up, or its link-layer address changed: everything owned is announced anew.
     *
     * @param now when
     */
    record LinkChanged(long now) implements Event {}

    /**
     * Time has passed.
     *
     * @param now when
     */
    record Tick(long now) implements Event {}
}
