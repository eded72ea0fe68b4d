package dev.clarion.bgp;

import static org.awaitility.Awaitility.await;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.bgp.fsm.FsmState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a speaker told. */
final class Recorder implements BgpListener {
    record Change(String peer, FsmState from, FsmState to, BgpReason reason) {}

    private final List<Change> changes = new CopyOnWriteArrayList<>();

    @Override
    public void stateChanged(String peer, FsmState from, FsmState to, BgpReason reason, String detail) {
        changes.add(new Change(peer, from, to, reason));
    }

    long count(BgpReason reason) {
        return changes.stream().filter(change -> change.reason() == reason).count();
    }

    void awaitCount(BgpReason reason, long count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> count(reason) >= count);
    }
}
