package dev.clarion.bgp;

import dev.clarion.bgp.wire.Announcement;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.UpdatePacker;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a peer shall have, what it has, and what is still to be said (RFC 4271 section 3.2). The difference is computed
 * anew from the desired state each time, never queued, so that what changed twice before it could be sent is sent once,
 * and what is as it was, not at all.
 *
 * <p>Once all is said, what the peer has is the desired map itself: peers that are to have the same share it.
 */
final class AdjRibOut {
    /** The next thing to say, in one message each. */
    sealed interface Batch {
        /** Prefixes that are withdrawn; they come first, since wrong routes hurt more than missing ones. */
        record Withdraw(Family family, List<Prefix> prefixes) implements Batch {}

        /** Prefixes that are announced alike. */
        record Announce(Announcement announcement, List<Prefix> prefixes) implements Batch {}

        /** A family's routes begin or end here. */
        record Mark(RouteMarks.Kind kind, Family family) implements Batch {}

        /** All is said. */
        record Nothing() implements Batch {}
    }

    private Map<Prefix, Announcement> desired = Map.of();

    /** What the peer had when last all was said. */
    private Map<Prefix, Announcement> settled = Map.of();

    /** What it heard since; empty for what was withdrawn. */
    private final Map<Prefix, Optional<Announcement>> since = new HashMap<>();

    /** What the peer has and wants to hear again. */
    private final Set<Prefix> again = new HashSet<>();

    private final Map<IpFamily, Queue<Prefix>> toWithdraw = new EnumMap<>(IpFamily.class);
    private final Map<Announcement, Queue<Prefix>> toAnnounce = new LinkedHashMap<>();
    private final RouteMarks marks = new RouteMarks();

    /** Sets what the peer shall have. The map must not change any more. */
    void desire(Map<Prefix, Announcement> announcements) {
        desired = announcements;
        diff();
    }

    /** A session is up that has heard nothing yet. */
    void begin(Set<IpFamily> families, boolean endOfRib, boolean enhancedRefresh) {
        end();
        marks.begin(families, endOfRib, enhancedRefresh);
    }

    /** Nothing is missing any more from what is desired: once it is said, the peer may drop what it kept of old. */
    void complete() {
        marks.complete();
    }

    /** The peer asks to hear a family again. */
    void refresh(Family family) {
        family.addresses().ifPresent(marks::request);
    }

    /** The session is gone, and with it what the peer had. */
    void end() {
        desired = Map.of();
        settled = Map.of();
        since.clear();
        again.clear();
        marks.end();
        diff();
    }

    /** What the peer has. */
    Set<Prefix> sent() {
        if (since.isEmpty()) {
            return settled.keySet();
        }
        Set<Prefix> sent = new HashSet<>(settled.keySet());
        since.forEach((prefix, heard) -> {
            if (heard.isPresent()) {
                sent.add(prefix);
            } else {
                sent.remove(prefix);
            }
        });
        return Set.copyOf(sent);
    }

    /** The next message's worth, counted as sent. */
    Batch next(UpdatePacker packer) {
        Optional<Batch> withdrawal = nextWithdrawal(packer);
        if (withdrawal.isPresent()) {
            return withdrawal.get();
        }
        Optional<RouteMarks.Begun> begun = marks.nextBegin();
        if (begun.isPresent()) {
            hearAgain(begun.get().family());
            if (begun.get().marked()) {
                return new Batch.Mark(
                        RouteMarks.Kind.REFRESH_BEGINS,
                        Family.unicast(begun.get().family()));
            }
            return next(packer);
        }
        Optional<Batch> announcement = nextAnnouncement(packer);
        if (announcement.isPresent()) {
            return announcement.get();
        }
        settled = desired;
        since.clear();
        again.clear();
        Optional<RouteMarks.Ended> ended = marks.nextEnd();
        if (ended.isPresent()) {
            return ended.get().kind().isPresent()
                    ? new Batch.Mark(
                            ended.get().kind().get(), Family.unicast(ended.get().family()))
                    : next(packer);
        }
        return new Batch.Nothing();
    }

    private Optional<Batch> nextWithdrawal(UpdatePacker packer) {
        for (var waiting : toWithdraw.entrySet()) {
            if (!waiting.getValue().isEmpty()) {
                Family family = Family.unicast(waiting.getKey());
                List<Prefix> prefixes = packer.takeWithdrawn(family, waiting.getValue());
                prefixes.forEach(prefix -> heard(prefix, Optional.empty()));
                return Optional.of(new Batch.Withdraw(family, prefixes));
            }
        }
        return Optional.empty();
    }

    private Optional<Batch> nextAnnouncement(UpdatePacker packer) {
        var groups = toAnnounce.entrySet().iterator();
        if (!groups.hasNext()) {
            return Optional.empty();
        }
        var group = groups.next();
        List<Prefix> prefixes = packer.take(group.getKey(), group.getValue());
        if (group.getValue().isEmpty()) {
            groups.remove();
        }
        Optional<Announcement> said = Optional.of(group.getKey());
        prefixes.forEach(prefix -> heard(prefix, said));
        return Optional.of(new Batch.Announce(group.getKey(), prefixes));
    }

    private void heard(Prefix prefix, Optional<Announcement> announcement) {
        since.put(prefix, announcement);
        again.remove(prefix);
    }

    private @Nullable Announcement has(Prefix prefix) {
        Optional<Announcement> heard = since.get(prefix);
        return heard == null ? settled.get(prefix) : heard.orElse(null);
    }

    private void hearAgain(IpFamily family) {
        for (Prefix prefix : sent()) {
            if (prefix.family() == family) {
                again.add(prefix);
            }
        }
        diff();
    }

    private void diff() {
        toWithdraw.clear();
        toAnnounce.clear();
        for (Prefix prefix : sent()) {
            if (!desired.containsKey(prefix)) {
                toWithdraw
                        .computeIfAbsent(prefix.family(), none -> new ArrayDeque<>())
                        .add(prefix);
            }
        }
        desired.forEach((prefix, announcement) -> {
            if (again.contains(prefix) || !announcement.equals(has(prefix))) {
                toAnnounce
                        .computeIfAbsent(announcement, none -> new ArrayDeque<>())
                        .add(prefix);
            }
        });
    }
}
