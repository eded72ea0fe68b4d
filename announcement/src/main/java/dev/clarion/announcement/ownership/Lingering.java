package dev.clarion.announcement.ownership;

import dev.clarion.announcement.heartbeat.Stragglers;
import dev.clarion.announcement.heartbeat.Stragglers.Straggler;
import dev.clarion.net.Ip;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * After a hand-over the old owner goes on forwarding: for some time at least, until nothing has come for three seconds,
 * and a minute at most. Who still sends to it is told to the new owner, who tells that host.
 */
final class Lingering {
    private static final long QUIET = TimeUnit.SECONDS.toNanos(3);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
    /** One host is told of so often at most; twice, since the first time may be lost. */
    private static final long TELL_EVERY = TimeUnit.SECONDS.toNanos(1);

    private static final int MAX_TOLD = 1_000;

    private final Turn turn;
    private final Memory memory;

    Lingering(Turn turn) {
        this.turn = turn;
        this.memory = turn.memory;
    }

    void begin(Ip address, String to) {
        memory.lingering.put(address, new Memory.Linger(to, memory.now, Memory.NEVER));
    }

    long until(Memory.Linger linger) {
        long least = linger.since() + memory.settings.linger().toNanos();
        return Math.min(Math.max(least, linger.heardAt() + QUIET), linger.since() + LONGEST);
    }

    /** A host still sends to this node. */
    void straggler(Ip address, Ip host) {
        Memory.Linger linger = memory.lingering.get(address);
        if (linger == null) {
            return;
        }
        memory.lingering.put(address, new Memory.Linger(linger.to(), linger.since(), memory.now));
        long told = memory.toldOf.getOr(host, Memory.NEVER);
        boolean room = memory.toldOf.has(host) || memory.toldOf.size() < MAX_TOLD;
        if (room && memory.now - told >= TELL_EVERY) {
            memory.toldOf.put(host, memory.now);
            turn.send(linger.to(), new Stragglers(List.of(new Straggler(address, host))));
        }
    }

    /** Hosts have not heard yet that these are ours. */
    void tell(Stragglers stragglers) {
        for (Straggler straggler : stragglers.hosts()) {
            memory.roster
                    .interfaceOf(straggler.address())
                    .filter(name -> memory.answers.owns(straggler.address()))
                    .ifPresent(name -> turn.act(new Action.Tell(name, straggler.address(), straggler.host())));
        }
    }

    /** Ends what is over. */
    void tick() {
        if (memory.lingering.isEmpty()) {
            return;
        }
        boolean over =
                memory.lingering.view().values().stream().anyMatch(linger -> memory.now >= until(linger));
        if (over) {
            memory.lingering.removeIf((address, linger) -> memory.now >= until(linger));
            memory.dirty();
        }
        if (memory.lingering.isEmpty()) {
            memory.toldOf.clear();
        }
    }
}
