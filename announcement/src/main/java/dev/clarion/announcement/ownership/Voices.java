package dev.clarion.announcement.ownership;

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
    /** How often each is asked. */
    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);
    /** For so long an answer is believed: two may be lost. */
    private static final long BELIEVED = TimeUnit.MILLISECONDS.toNanos(3_500);

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(200);

    private final Turn turn;
    private final Memory memory;

    /** When an owner was asked last, and when it answered. */
    record Voice(long askedAt, long heardAt) {}

    Voices(Turn turn) {
        this.turn = turn;
        this.memory = turn.memory;
    }

    /** Asks those that are to be asked now, and forgets answers that are too old. */
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
        Voice voice = memory.voices.getOr(owner, new Voice(Memory.NEVER, Memory.NEVER));
        if (voice.heardAt() != Memory.NEVER && memory.now - voice.heardAt() > BELIEVED) {
            voice = new Voice(voice.askedAt(), Memory.NEVER);
            memory.dirty();
        }
        if (memory.now - voice.askedAt() >= EVERY) {
            memory.roster.interfaceOf(address).ifPresent(name -> turn.act(new Action.ProbeOwner(name, address)));
            voice = new Voice(memory.now, voice.heardAt());
        }
        memory.voices.put(owner, voice);
    }

    /** Somebody answered for the address. */
    void answered(Ip address, Mac mac) {
        OwnershipRecord record = memory.records.get(address);
        Voice voice = record == null ? null : memory.voices.get(record.owner());
        if (record == null
                || voice == null
                || memory.roster
                        .macOn(record.owner(), address)
                        .filter(mac::equals)
                        .isEmpty()) {
            return;
        }
        if (voice.heardAt() == Memory.NEVER) {
            memory.dirty();
        }
        memory.voices.put(record.owner(), new Voice(voice.askedAt(), memory.now));
    }

    /** Whether this node, as the first to stand in for an address, is to answer in its owner's name. */
    static boolean standsIn(Memory memory, Ip address) {
        Memory.Vacancy care = memory.cares.get(address);
        OwnershipRecord record = memory.records.get(address);
        if (care == null || record == null || !care.isFirst(memory.self)) {
            return false;
        }
        Voice voice = memory.voices.get(record.owner());
        return voice == null || voice.heardAt() == Memory.NEVER;
    }
}
