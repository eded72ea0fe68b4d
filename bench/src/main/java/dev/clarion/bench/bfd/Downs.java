package dev.clarion.bench.bfd;

import dev.clarion.bgp.bfd.BfdListener;
import dev.clarion.bgp.bfd.fsm.BfdReason;
import dev.clarion.bgp.bfd.wire.BfdState;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/** Counts how often a session went down, and who said so first. */
final class Downs implements BfdListener {
    private final CountDownLatch up = new CountDownLatch(1);
    private final LongAdder byUs = new LongAdder();
    private final LongAdder byPeer = new LongAdder();

    @Override
    public void changed(String key, Change change) {
        if (change.to() == BfdState.UP) {
            up.countDown();
        } else if (change.from() == BfdState.UP) {
            (change.reason() == BfdReason.DETECTION_TIME_EXPIRED ? byUs : byPeer).increment();
        }
    }

    /** Counted down when the session first came up. */
    CountDownLatch up() {
        return up;
    }

    /** We did not hear the peer, or did not look. */
    long byUs() {
        return byUs.sum();
    }

    /** The peer did not hear us. */
    long byPeer() {
        return byPeer.sum();
    }
}
