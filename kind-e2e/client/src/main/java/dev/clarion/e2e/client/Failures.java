package dev.clarion.e2e.client;

import dev.clarion.e2e.client.analysis.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.util.Locale;

/** What a socket's exception says about the request. */
final class Failures {
    private Failures() {}

    /** Of a connection that was not open yet. */
    static Outcome connecting(IOException problem) {
        String text = text(problem);
        if (problem instanceof PortUnreachableException || text.contains("refused")) {
            return Outcome.REFUSED;
        }
        if (text.contains("reset")) {
            return Outcome.RESET;
        }
        boolean silent = problem instanceof ConnectException && text.contains("timed out");
        return silent ? Outcome.LOST : Outcome.UNREACHABLE;
    }

    /** Of an open connection. */
    static Outcome connected(IOException problem) {
        String text = text(problem);
        if (problem instanceof NoRouteToHostException || text.contains("unreachable")) {
            return Outcome.UNREACHABLE;
        }
        return text.contains("timed out") ? Outcome.LOST : Outcome.RESET;
    }

    private static String text(IOException problem) {
        return problem.getMessage() == null ? "" : problem.getMessage().toLowerCase(Locale.ROOT);
    }
}
