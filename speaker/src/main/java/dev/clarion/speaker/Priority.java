package dev.clarion.speaker;

import dev.clarion.linux.ThreadPriority;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads whose lateness others would take for the death of this node go before ordinary ones. */
final class Priority {
    private static final Logger LOG = LoggerFactory.getLogger(Priority.class);

    /** Of the thread that decides on ownership. */
    static final int OWNERSHIP = 10;
    /** Of the one that watches routers by BFD. */
    static final int BFD = 7;
    /** Of those that answer for addresses. */
    static final int FRAMES = 5;

    private static final int NICE = -15;

    private Priority() {}

    /** Raises the thread that calls, as far as that is allowed; says if it is not in real time. */
    static void raise(String what, int realTime) {
        raised(what, realTime);
    }

    /** The same; why it is not in real time, if it is not. */
    static Optional<String> raised(String what, int realTime) {
        return switch (ThreadPriority.raise(realTime, NICE)) {
            case ThreadPriority.Outcome.RealTime now -> {
                LOG.debug("thread {} runs in real time", what);
                yield Optional.empty();
            }
            case ThreadPriority.Outcome.Nice(int nice, String why) -> {
                LOG.atInfo()
                        .addKeyValue("thread", what)
                        .addKeyValue("nice", nice)
                        .addKeyValue("why", why)
                        .log("thread does not run in real time; on a busy node it may be late");
                yield Optional.of(why);
            }
            case ThreadPriority.Outcome.Unchanged(String why) -> {
                LOG.atWarn()
                        .addKeyValue("thread", what)
                        .addKeyValue("why", why)
                        .log("thread has no priority; on a busy node this one may be taken for dead");
                yield Optional.of(why);
            }
        };
    }
}
