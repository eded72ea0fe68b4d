package dev.clarion.arpndp.fsm;

import java.util.List;
import java.util.OptionalLong;

/**
 * What an {@link Event} did.
 *
 * @param next the state after it
 * @param send what to send now, in this order
 * @param wakeAfterNanos when {@link Event.Tick} is due next, in ns from the time of the event; empty if nothing waits
 */
public record Step(AnnouncementSchedule next, List<Announcement> send, OptionalLong wakeAfterNanos) {}
