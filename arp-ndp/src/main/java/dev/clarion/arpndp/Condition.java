package dev.clarion.arpndp;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How it stands with one interface, and who is told when that changes. Used by several threads. */
final class Condition {

    private static final Logger LOG = LoggerFactory.getLogger(Condition.class);

    private final String name;
    private final SafeListener listener;
    private InterfaceState state = InterfaceState.ABSENT;
    private String detail = "";
    private Optional<String> membershipProblem = Optional.empty();

    Condition(String name, SafeListener listener) {
        this.name = name;
        this.listener = listener;
    }

    void become(InterfaceState next, String why) {
        synchronized (this) {
            if (state == next && detail.equals(why)) {
                return;
            }
            state = next;
            detail = why;
        }
        LOG.info("interface={} state={}{}", name, next, why.isEmpty() ? "" : " problem=\"" + why + "\"");
        listener.stateChanged(name, next, why);
    }

    void membership(Optional<String> problem) {
        InterfaceState now;
        synchronized (this) {
            if (membershipProblem.equals(problem)) {
                return;
            }
            membershipProblem = problem;
            now = state;
        }
        problem.ifPresent(why -> LOG.warn("interface={} problem=\"{}\"", name, why));
        listener.stateChanged(name, now, problem.orElse(""));
    }

    synchronized InterfaceState state() {
        return state;
    }

    synchronized Optional<String> problem() {
        return detail.isEmpty() ? membershipProblem : Optional.of(detail);
    }
}
