package dev.clarion.announcement.ownership;

import java.util.List;

/**
 * The outcome of an event.
 *
 * @param next the next state
 * @param actions what to do
 * @param answers what to answer for, until the next step says otherwise
 * @param answerUntil monotonic nanoseconds: nothing is answered later than that, whatever {@code answers} says
 * @param wakeAt monotonic nanoseconds: a {@link Event.Tick} is due then
 * @param decided owners, reasons or answers may have changed: look at {@link Ownership#decisions}
 */
public record Step(
        Ownership next, List<Action> actions, Answers answers, long answerUntil, long wakeAt, boolean decided) {
    /** Takes a copy of the list. */
    public Step {
        actions = List.copyOf(actions);
    }
}
