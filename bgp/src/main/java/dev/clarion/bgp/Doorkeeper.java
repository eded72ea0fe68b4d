package dev.clarion.bgp;

import dev.clarion.net.Ip;
import java.util.HashMap;
import java.util.Map;

/** Counts the connections that others opened, so that nobody opens too many. On the loop. */
final class Doorkeeper {
    /** From one address: a session, its successor, and some that are being refused. */
    static final int PER_SOURCE = 8;

    /** From all addresses that are no peer's: they only wait to be told so. */
    static final int STRANGERS = 64;

    private final Map<Ip, Integer> open = new HashMap<>();
    private int strangers;

    /** Whether one more may come in; if so it is counted until it {@link #leaves}. */
    boolean admits(Ip source, boolean stranger) {
        int present = open.getOrDefault(source, 0);
        if (present >= PER_SOURCE || (stranger && strangers >= STRANGERS)) {
            return false;
        }
        open.put(source, present + 1);
        strangers += stranger ? 1 : 0;
        return true;
    }

    void leaves(Ip source, boolean stranger) {
        strangers -= stranger ? 1 : 0;
        open.computeIfPresent(source, (same, count) -> count > 1 ? count - 1 : null);
    }
}
