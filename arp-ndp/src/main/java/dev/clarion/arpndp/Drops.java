package dev.clarion.arpndp;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts frames that were not answered, by reason. */
final class Drops {

    private final Map<DropReason, LongAdder> counts = new ConcurrentHashMap<>();

    void count(DropReason reason) {
        counts.computeIfAbsent(reason, first -> new LongAdder()).increment();
    }

    Map<DropReason, Long> snapshot() {
        Map<DropReason, Long> counted = new EnumMap<>(DropReason.class);
        counts.forEach((reason, count) -> counted.put(reason, count.sum()));
        return counted;
    }
}
