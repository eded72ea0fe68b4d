package dev.clarion.bgp.bfd;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sockets to receive on: one for each kind of session that there is, opened as long as it takes. */
final class Receivers {
    private static final long RETRY_NANOS = 1_000_000_000;

    private final Calls calls;
    private final Poller poller;
    private final Map<Kind, Receiver> open = new LinkedHashMap<>();
    private final Map<Kind, Receiver.Opened.Refused> refused = new HashMap<>();
    private Receiver[] all = {};
    private long retryAt = BfdSession.NEVER;

    Receivers(Calls calls, Poller poller) {
        this.calls = calls;
        this.poller = poller;
        poller.watch(List.of());
    }

    /** When {@link #need} is to be asked again; never if all are open. */
    long retryAt() {
        return retryAt;
    }

    /** Opens what is missing for these sessions, closes what none of them needs, and tells them what is wrong. */
    void need(Collection<Neighbor> neighbors, long now) {
        Set<Kind> needed = neighbors.stream().map(Neighbor::kind).collect(Collectors.toSet());
        open.entrySet().removeIf(entry -> {
            boolean idle = !needed.contains(entry.getKey());
            if (idle) {
                entry.getValue().close();
            }
            return idle;
        });
        refused.clear();
        needed.forEach(this::open);
        retryAt = refused.isEmpty() ? BfdSession.NEVER : now + RETRY_NANOS;
        all = open.values().toArray(Receiver[]::new);
        poller.watch(open.values());
        neighbors.forEach(this::tell);
    }

    private void open(Kind kind) {
        if (!open.containsKey(kind)) {
            switch (Receiver.open(kind, calls)) {
                case Receiver.Opened.Listening(Receiver receiver) -> open.put(kind, receiver);
                case Receiver.Opened.Refused why -> refused.put(kind, why);
            }
        }
    }

    private void tell(Neighbor neighbor) {
        Receiver.Opened.@Nullable Refused why = refused.get(neighbor.kind());
        if (why != null) {
            neighbor.report(why.problem(), why.detail());
        } else {
            neighbor.solve(BfdProblem.PORT_TAKEN);
            neighbor.solve(BfdProblem.NOT_LISTENING);
        }
    }

    boolean listening(Kind kind) {
        return refused.isEmpty() || !refused.containsKey(kind);
    }

    /**
     * Takes what has arrived, of each socket in turn.
     *
     * @param most how many datagrams at most
     * @return whether nothing is left
     */
    boolean drain(Reception reception, long now, int most) {
        int taken = 0;
        boolean more = true;
        while (more && taken < most) {
            more = false;
            for (Receiver receiver : all) {
                if (receiver.receive()) {
                    more = true;
                    taken++;
                    reception.take(receiver.kind(), receiver.arrival(), now);
                }
            }
        }
        return !more;
    }

    void close() {
        open.values().forEach(Receiver::close);
    }
}
