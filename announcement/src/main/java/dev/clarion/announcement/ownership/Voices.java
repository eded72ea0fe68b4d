package dev.clarion.announcement.ownership;

import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Whether those that this node stands in for answer for themselves after all: of a speaker that is silent nobody can tell
 * whether it is gone or only not heard. So its addresses are asked for, as a client would; who is answered falls silent,
 * since two answers to a question are one too many.
 */
final class Voices {
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(400);
    /** An answer takes no longer. Until then nobody is stood in for who is asked for the first time. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(50);
    /** One question or its answer may be lost. */
    private static final int IN_VAIN = 2;

    private final Turn turn;
    private final Memory memory;

    /**
     * How an owner behaves that this node is the first to stand in for.
     *
     * @param since when it was asked for the first time
     * @param askedAt when it was asked last
     * @param heardAt when it answered last
     * @param unanswered questions before the last one, since it answered
     * @param silent the verdict: it does not answer for itself
     */
    record Voice(long since, long askedAt, long heardAt, int unanswered, boolean silent) {
        static final Voice UNKNOWN = new Voice(Memory.NEVER, Memory.NEVER, Memory.NEVER, 0, false);

        Voice asked(long now) {
            boolean inVain = askedAt != Memory.NEVER && heardAt < askedAt;
            return new Voice(
                    since == Memory.NEVER ? now : since,
                    now,
                    heardAt,
                    inVain ? Math.min(unanswered + 1, IN_VAIN) : 0,
                    silent);
        }

        Voice heard(long now) {
            return new Voice(since, askedAt, now, 0, false);
        }

        Voice judged(long now) {
            boolean never = heardAt == Memory.NEVER && now - since >= PATIENCE;
            return new Voice(since, askedAt, heardAt, unanswered, never || unanswered >= IN_VAIN);
        }
    }

    Voices(Turn turn) {
        this.turn = turn;
        this.memory = turn.memory;
    }

    /** Asks those that are to be asked now, and judges by what came. */
    void watch() {
        if (memory.now < memory.nextVoices) {
            return;
        }
        memory.nextVoices = memory.now + LOOK;
        Map<String, Ip> owners = new TreeMap<>();
        memory.cares.view().forEach((address, care) -> {
            OwnershipRecord record = memory.records.get(address);
            if (record != null && care.isFirst(memory.self)) {
                owners.putIfAbsent(record.owner(), address);
            }
        });
        memory.voices.removeIf((owner, voice) -> !owners.containsKey(owner));
        owners.forEach(this::watch);
    }

    private void watch(String owner, Ip address) {
        Voice before = memory.voices.getOr(owner, Voice.UNKNOWN);
        Voice after = before;
        if (memory.now - before.askedAt() >= EVERY) {
            memory.roster.interfaceOf(address).ifPresent(name -> turn.act(new Action.ProbeOwner(name, address)));
            after = before.asked(memory.now);
        }
        note(owner, before, after.judged(memory.now));
    }

    /** Somebody answered for the address. */
    void answered(Ip address, Mac mac) {
        OwnershipRecord record = memory.records.get(address);
        if (record == null) {
            return;
        }
        String owner = record.owner();
        Voice voice = memory.voices.get(owner);
        if (voice != null
                && memory.roster.macOn(owner, address).filter(mac::equals).isPresent()) {
            note(owner, voice, voice.heard(memory.now));
        }
    }

    private void note(String owner, Voice before, Voice after) {
        memory.voices.put(owner, after);
        if (before.silent() != after.silent()) {
            memory.dirty();
        }
    }

    /** Whether this node, as the first to stand in for an address, is to answer in its owner's name. */
    static boolean standsIn(Memory memory, Ip address) {
        Memory.Vacancy care = memory.cares.get(address);
        OwnershipRecord record = memory.records.get(address);
        if (care == null || record == null || !care.isFirst(memory.self)) {
            return false;
        }
        // Who says that it restarts falls silent in a moment.
        boolean restarts = memory.roster
                .said(record.owner())
                .filter(said -> said.state() == NodeState.RESTARTING)
                .isPresent();
        return restarts || memory.voices.getOr(record.owner(), Voice.UNKNOWN).silent();
    }
}
