package dev.clarion.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** Where log lines go and which: ours from a level up, those of libraries from WARN up, all to standard output. */
public final class Logging {
    private static final String OURS = "dev.clarion";

    private Logging() {}

    /** To be called first thing by a program; before it, and in tests, the level is INFO. */
    public static void setUp(LogLevel level) {
        // Asking for a logger first makes the logging library initialise itself, by LogSetUp.
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(OURS).setLevel(Level.toLevel(level.name()));
        }
    }

    static void configure(LoggerContext context) {
        LineEncoder encoder = new LineEncoder();
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> out = new ConsoleAppender<>();
        out.setContext(context);
        out.setName("stdout");
        out.setEncoder(encoder);
        out.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(out);
        context.getLogger(OURS).setLevel(Level.INFO);
    }
}
