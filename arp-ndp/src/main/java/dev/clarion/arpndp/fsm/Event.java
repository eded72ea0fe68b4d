package dev.clarion.arpndp.fsm;

import dev.clarion.net.Ip;
import java.util.List;
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
     * Some addresses are announced anew, as after a claim; those that are not owned are left out.
     *
     * @param addresses the addresses
     * @param now when
     */
    record Again(Set<Ip> addresses, long now) implements Event {}

    /**
     * Some neighbours are told of an owned address, until they answer.
     *
     * @param address the address; nothing happens if it is not owned
     * @param neighbours whom to tell; of those of the other family nothing is said
     * @param now when
     */
    record Direct(Ip address, List<Neighbour> neighbours, long now) implements Event {}

    /** There are gateways that were not there before: the neighbours of each owned address are told of it. */
    record NeighboursChanged() implements Event {}

    /**
     * A neighbour answered to our link-layer address what it was asked in the name of an owned one.
     *
     * @param address the owned address
     * @param neighbour the neighbour's
     */
    record Acknowledged(Ip address, Ip neighbour) implements Event {}

    /**
     * Another host uses an owned address, and we insist: announced once, but not again within 10 s.
     *
     * @param address the address; nothing happens if it is not owned
     * @param now when
     */
    record Defend(Ip address, long now) implements Event {}

    /**
     * Time has passed.
     *
     * @param now when
     * @param neighbourhood who is told of what besides everybody
     */
    record Tick(long now, Neighbourhood neighbourhood) implements Event {}
}
