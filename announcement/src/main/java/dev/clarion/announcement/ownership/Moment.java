package dev.clarion.announcement.ownership;

/**
 * A time, as two clocks show it.
 *
 * @param nanos monotonic; all deadlines are by it
 * @param unixMillis the wall clock, which may jump; only new epochs and the age of records are by it
 */
public record Moment(long nanos, long unixMillis) {}
