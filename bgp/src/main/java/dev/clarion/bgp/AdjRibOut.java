package dev.clarion.bgp;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a peer shall have, what it has, and what is still to be said (RFC 4271 section 3.2). The difference is computed
 * anew from the desired state each time, never queued, so that what changed twice before it could be sent is sent once,
 * and what is as it was, not at all.
 */
final class AdjRibOut {
    /** How a prefix is announced. */
    record Path(Ip nextHop, PathAttributes attributes) {}

    /** The next thing to say: prefixes that are withdrawn, or announced with one path. */
    sealed interface Batch {
        record Withdraw(List<Prefix> prefixes) implements Batch {}

        record Announce(Path path, List<Prefix> prefixes) implements Batch {}

        record Nothing() implements Batch {}
    }

    private final Map<Prefix, Path> sent = new HashMap<>();
    private Map<Prefix, Path> desired = Map.of();
    private final Deque<Prefix> toWithdraw = new ArrayDeque<>();
    private final Map<Path, Deque<Prefix>> toAnnounce = new LinkedHashMap<>();

    /** Sets what the peer shall have. */
    void desire(Map<Prefix, Path> paths) {
        desired = Map.copyOf(paths);
        diff(false);
    }

    /** The peer asks to hear everything again. */
    void resend() {
        diff(true);
    }

    /** The session is gone, and with it what the peer had. */
    void forget() {
        sent.clear();
        diff(false);
    }

    /** What the peer has. */
    Set<Prefix> sent() {
        return Set.copyOf(sent.keySet());
    }

    /** The next batch, counted as sent; withdrawals come first, since wrong routes hurt more than missing ones. */
    Batch next(int most) {
        if (!toWithdraw.isEmpty()) {
            List<Prefix> prefixes = take(toWithdraw, most);
            prefixes.forEach(sent::remove);
            return new Batch.Withdraw(prefixes);
        }
        var groups = toAnnounce.entrySet().iterator();
        if (!groups.hasNext()) {
            return new Batch.Nothing();
        }
        var group = groups.next();
        List<Prefix> prefixes = take(group.getValue(), most);
        if (group.getValue().isEmpty()) {
            groups.remove();
        }
        prefixes.forEach(prefix -> sent.put(prefix, group.getKey()));
        return new Batch.Announce(group.getKey(), prefixes);
    }

    private void diff(boolean all) {
        toWithdraw.clear();
        toAnnounce.clear();
        for (Prefix prefix : sent.keySet()) {
            if (!desired.containsKey(prefix)) {
                toWithdraw.add(prefix);
            }
        }
        desired.forEach((prefix, path) -> {
            if (all || !path.equals(sent.get(prefix))) {
                toAnnounce.computeIfAbsent(path, none -> new ArrayDeque<>()).add(prefix);
            }
        });
    }

    private static List<Prefix> take(Deque<Prefix> from, int most) {
        List<Prefix> taken = new ArrayList<>();
        while (taken.size() < most && !from.isEmpty()) {
            taken.add(from.remove());
        }
        return taken;
    }
}
