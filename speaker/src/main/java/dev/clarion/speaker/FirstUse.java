package dev.clarion.speaker;

import dev.clarion.arpndp.ProbeResult;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Addresses that nobody is known to have had are not answered for before the segment was asked; those that a foreign
 * host has are in quarantine, and asked for again from time to time. Belongs to one thread; times are monotonic
 * nanoseconds.
 */
final class FirstUse {
    static final long AGAIN = TimeUnit.MILLISECONDS.toNanos(300);
    static final long QUARANTINE_AGAIN = TimeUnit.SECONDS.toNanos(60);
    /** An interface that cannot be asked on for so long is not asked on: what it does not hear cannot be confused. */
    static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
    /** For so long a member that does not know us yet may go on answering. */
    static final long FELLOWS_AGAIN = TimeUnit.SECONDS.toNanos(1);

    private final SegmentPort segments;
    private final TreeMap<Ip, Held> held = new TreeMap<>();
    private final TreeMap<Ip, Foreign> quarantine = new TreeMap<>();

    private record Held(String interfaceName, long since, long next) {}

    /** Who has it, and where. */
    record Foreign(String interfaceName, Mac mac, long next) {}

    FirstUse(SegmentPort segments) {
        this.segments = segments;
    }

    /** Holds addresses back until the segment was asked. */
    void begin(String interfaceName, List<Ip> addresses, long now) {
        addresses.forEach(address -> {
            held.put(address, new Held(interfaceName, now, now + AGAIN));
            segments.probe(interfaceName, address);
        });
    }

    /** Foreign hosts had these in an earlier run: they are asked for again at once. */
    void restore(SortedMap<Ip, Foreign> earlier, long now) {
        earlier.forEach((address, foreign) ->
                quarantine.put(address, new Foreign(foreign.interfaceName(), foreign.mac(), now + AGAIN)));
    }

    /** Addresses that another member had may be answered for at once. */
    void release(List<Ip> addresses) {
        addresses.forEach(held::remove);
    }

    /** Holds back none but these: of what another one has after all nobody needs to be asked. */
    void keep(Predicate<Ip> own) {
        held.keySet().removeIf(own.negate());
    }

    /** Whether the address may not be answered for yet. */
    boolean holds(Ip address) {
        return held.containsKey(address);
    }

    /** The addresses that foreign hosts have. */
    SortedMap<Ip, Foreign> quarantined() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(quarantine));
    }

    /** Whether nothing is held back or in quarantine. */
    boolean idle() {
        return held.isEmpty() && quarantine.isEmpty();
    }

    /**
     * The segment's answer.
     *
     * @param fellow whether a hardware address is that of a member, who will yield when it hears of the claim
     * @return whether what is held or in quarantine changed
     */
    boolean probed(String interfaceName, Ip address, ProbeResult result, boolean fellow, long now) {
        Held waiting = held.get(address);
        Foreign foreign = quarantine.get(address);
        if (waiting == null && foreign == null) {
            return false;
        }
        return switch (result) {
            case ProbeResult.Free free -> {
                held.remove(address);
                quarantine.remove(address);
                yield true;
            }
            case ProbeResult.Foreign(Mac mac)
            when fellow && waiting != null -> {
                held.put(address, new Held(interfaceName, now, now + FELLOWS_AGAIN));
                yield false;
            }
            case ProbeResult.Foreign(Mac mac) -> {
                held.remove(address);
                quarantine.put(address, new Foreign(interfaceName, mac, now + QUARANTINE_AGAIN));
                yield true;
            }
            case ProbeResult.Unknown unknown -> {
                if (foreign != null) {
                    quarantine.put(address, new Foreign(interfaceName, foreign.mac(), now + FELLOWS_AGAIN));
                }
                yield false;
            }
        };
    }

    /** Asks again what was not answered; whether something is held no longer. */
    boolean turn(long now) {
        boolean changed = false;
        for (Map.Entry<Ip, Held> entry : List.copyOf(held.entrySet())) {
            Held waiting = entry.getValue();
            if (now - waiting.since() >= PATIENCE) {
                held.remove(entry.getKey());
                changed = true;
            } else if (now - waiting.next() >= 0) {
                // A probe takes half a second: one that goes on is left alone.
                held.put(entry.getKey(), new Held(waiting.interfaceName(), waiting.since(), now + FELLOWS_AGAIN));
                segments.probe(waiting.interfaceName(), entry.getKey());
            }
        }
        for (Map.Entry<Ip, Foreign> entry : List.copyOf(quarantine.entrySet())) {
            Foreign foreign = entry.getValue();
            if (now - foreign.next() >= 0) {
                boolean put = segments.probe(foreign.interfaceName(), entry.getKey());
                long next = now + (put ? QUARANTINE_AGAIN : FELLOWS_AGAIN);
                quarantine.put(entry.getKey(), new Foreign(foreign.interfaceName(), foreign.mac(), next));
            }
        }
        return changed;
    }

    /** Drops addresses that are of no concern any more; whether something changed. */
    boolean retain(Predicate<Ip> concern) {
        List<Ip> gone = new ArrayList<>();
        held.keySet().stream().filter(concern.negate()).forEach(gone::add);
        quarantine.keySet().stream().filter(concern.negate()).forEach(gone::add);
        gone.forEach(held::remove);
        gone.forEach(quarantine::remove);
        return !gone.isEmpty();
    }

    /** When something is due next. */
    Optional<Long> due() {
        return Stream.concat(
                        held.values().stream().map(Held::next),
                        quarantine.values().stream().map(Foreign::next))
                .reduce((one, other) -> one - other < 0 ? one : other);
    }
}
