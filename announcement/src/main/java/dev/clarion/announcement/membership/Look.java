package dev.clarion.announcement.membership;

import dev.clarion.announcement.heartbeat.Condition;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.SuspectAnswer.Opinion;
import dev.clarion.announcement.heartbeat.SuspectQuestion;
import dev.clarion.net.Ip;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One look at one peer. */
final class Look {
    private final Roster roster;
    private final Duty duty;
    private final Peer peer;
    private final String node;
    private final long now;
    private final Profile profile;

    Look(Roster roster, Peer peer, long now) {
        this.roster = roster;
        this.duty = new Duty(roster);
        this.peer = peer;
        this.node = peer.member().node();
        this.now = now;
        this.profile = roster.profile();
    }

    static boolean sameHealth(SortedMap<String, Watch> a, SortedMap<String, Watch> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (var entry : a.entrySet()) {
            Watch other = b.get(entry.getKey());
            if (other == null || other.health() != entry.getValue().health()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a path of one whose speaker is heard is gone now and was not before. */
    static boolean split(Peer before, Peer after) {
        return after.speaker().health() == Health.FINE
                && after.paths().entrySet().stream()
                        .anyMatch(path -> path.getValue().health() == Health.GONE && !gone(before.path(path.getKey())));
    }

    private static boolean gone(@Nullable Watch path) {
        return path != null && path.health() == Health.GONE;
    }

    Peer look(List<Probe> probes, List<Question> questions) {
        if (peer.is(NodeState.STOPPING)) {
            return peer;
        }
        Peer after = duty.watches(peer, now) ? speaker(probes, questions) : peer;
        boolean there = after.countsOnUs() || roster.condition(node) == Condition.ALIVE;
        if (after.speaker().health() == Health.FINE && after.said().isPresent() && there) {
            for (Segment mine : roster.interfaces()) {
                after = path(after, mine, probes, questions);
            }
        }
        return after;
    }

    private Peer speaker(List<Probe> probes, List<Question> questions) {
        Watch watch = peer.speaker();
        long silence = now - watch.lastSign();
        if (silence < profile.suspectAfter() && watch.suspicion().isEmpty()) {
            return peer;
        }
        List<String> askable = silence < profile.suspectAfter() ? List.of() : duty.askable(node, now);
        Watch.Turn turn = watch.turn(
                now,
                profile,
                new Watch.Circumstances(
                        nowhereToBeSeen(),
                        agreed(watch, askable),
                        peer.is(NodeState.RESTARTING),
                        true,
                        witnessed(watch.lastSign())));
        if (turn.probe()) {
            probe(probes);
        }
        if (turn.ask()) {
            askable.forEach(of -> questions.add(new Question(of, new SuspectQuestion(node, Optional.empty()))));
        }
        return peer.speaker(turn.watch());
    }

    /** Where the kernel was asked in vain, this node is alone. */
    private boolean nowhereToBeSeen() {
        boolean asked = false;
        for (Segment mine : roster.interfaces()) {
            if (mine.usable() && peer.sharedOn(mine.name()).isPresent()) {
                asked = true;
                if (!roster.alone(mine.name(), now)) {
                    return false;
                }
            }
        }
        return asked || roster.alone(Evidence.NODE, now);
    }

    /**
     * Whether anybody was seen where the peer was to be heard, so long after it was that it should have been heard again.
     * Who is cut off a moment after a heartbeat else finds the next to be due dead before it finds itself to be alone.
     */
    private boolean witnessed(long lastSign) {
        boolean shared = false;
        long seen = Watch.NEVER;
        for (Segment mine : roster.interfaces()) {
            if (mine.usable() && peer.sharedOn(mine.name()).isPresent()) {
                shared = true;
                seen = Math.max(seen, roster.seenOn(mine.name()));
            }
        }
        return (shared ? seen : roster.seenOn(Evidence.NODE)) - lastSign >= profile.suspectAfter();
    }

    private void probe(List<Probe> probes) {
        int before = probes.size();
        for (Segment mine : roster.interfaces()) {
            Optional<Ip> there = mine.usable() ? peer.sharedOn(mine.name()) : Optional.empty();
            there.ifPresent(address -> probes.add(new Probe(node, Optional.of(mine.name()), address)));
        }
        if (probes.size() == before) {
            probes.add(new Probe(node, Optional.empty(), peer.member().address()));
        }
    }

    private boolean agreed(Watch watch, List<String> askable) {
        long patience = profile.deadAfter() + 2 * (profile.deadAfter() - profile.suspectAfter());
        return askable.isEmpty()
                || now - watch.lastSign() >= patience
                || watch.suspicion()
                        .filter(s -> s.said(Opinion.SILENT, now - profile.freshness()))
                        .isPresent();
    }

    private Peer path(Peer current, Segment mine, List<Probe> probes, List<Question> questions) {
        String name = mine.name();
        Watch watch = current.paths().get(name);
        Optional<Ip> there = mine.usable() ? current.sharedOn(name) : Optional.empty();
        if (there.isEmpty()) {
            return watch == null ? current : without(current, name);
        }
        if (watch == null) {
            return current.path(name, Watch.begin(now));
        }
        long silence = now - watch.lastSign() - (current.countsOnUs() ? 0 : roster.seldom());
        if (silence < profile.suspectAfter() && watch.suspicion().isEmpty()) {
            return current;
        }
        // Those behind the same split would only tell how it looks on their side.
        List<String> askable = duty.askable(node, name, now);
        Watch.Turn turn = watch.turn(
                now,
                profile,
                new Watch.Circumstances(
                        roster.alone(name, now),
                        agreed(watch, askable),
                        false,
                        false,
                        roster.seenOn(name) - (now - silence) >= profile.suspectAfter()));
        if (turn.probe()) {
            probes.add(new Probe(node, Optional.of(name), there.get()));
        }
        if (turn.ask()) {
            askable.forEach(of -> questions.add(new Question(of, new SuspectQuestion(node, there))));
        }
        return current.path(name, turn.watch());
    }

    private static Peer without(Peer current, String name) {
        TreeMap<String, Watch> paths = new TreeMap<>(current.paths());
        paths.remove(name);
        return current.paths(paths);
    }
}
