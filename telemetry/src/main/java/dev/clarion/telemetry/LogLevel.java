package dev.clarion.telemetry;

/** What {@code --log-level} takes. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
