package dev.clarion.architecture.breach.announcement;

import java.util.concurrent.ThreadLocalRandom;

/** Breach: an election by chance. */
public final class RollsDice {
    public int elect() {
        return ThreadLocalRandom.current().nextInt();
    }
}
