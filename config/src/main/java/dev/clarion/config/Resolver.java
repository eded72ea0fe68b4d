package dev.clarion.config;

import dev.clarion.config.ClashRule.Conflict;
import dev.clarion.config.ClashRule.Held;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides, entry by entry, between the form that the sources want and the published one ({@link Publication#of} has the
 * rules). Published forms never clash with each other, so whoever falls back can only push out changed entries, each
 * at most once.
 */
final class Resolver {
    private final EffectiveConfig published;
    private final Map<EntryKey, ConfigEntry> before = new HashMap<>();
    private final Map<EntryKey, Slot> slots;
    private final Advice advice;
    private final Clashes<Slot> clashes = new Clashes<>();
    private final List<Problem> problems = new ArrayList<>();

    Resolver(EffectiveConfig published, List<Reading> readings) {
        this.published = published;
        for (ConfigEntry entry : published.config().entries()) {
            before.put(entry.key(), entry);
        }
        slots = new Slots(published, problems).layOut(readings);
        advice = new Advice(slots.keySet());
    }

    /** The outcome; its problems are those between entries only. */
    Publication resolve() {
        for (Slot slot : slots.values()) {
            if (slot.isUnchanged() || slot.wanted.isEmpty()) {
                slot.old.ifPresent(old -> accept(slot, old));
            }
        }
        slots.values().stream()
                .filter(slot -> !slot.isUnchanged() && slot.wanted.isPresent())
                .sorted(Comparator.comparing(slot -> slot.key.section()))
                .forEach(slot -> change(slot, slot.wanted.orElseThrow()));
        for (Slot slot : slots.values()) {
            if (slot.isUnchanged()) {
                missing(slot.wanted.orElseThrow());
            }
        }
        keepWhatIsNeeded();
        EffectiveConfig effective = effective();
        new Doubts(slots.values(), effective.config(), problems).tell();
        problems.sort(Problem.IN_ORDER);
        return new Publication(effective, problems);
    }

    private void change(Slot slot, Reading.Good wanted) {
        Optional<Held<Slot>> other = clashes.first(wanted.value());
        other.ifPresent(held -> clash(wanted, held));
        if (missing(wanted) || other.isPresent()) {
            fallBack(slot);
        } else {
            accept(slot, wanted.value());
        }
    }

    /** Whether the entry names something that it cannot be without and that no source has in a form fit for use. */
    private boolean missing(Reading.Good wanted) {
        boolean missing = false;
        for (Need need : Need.of(wanted.value())) {
            Slot target = slots.get(need.target());
            if (target == null || target.inForce.isEmpty()) {
                missing = true;
                String name = need.target().name();
                String what = target != null
                        ? "the " + need.kind() + " " + Shown.quoted(name) + " is not in force, being wrong itself"
                        : "no " + need.kind() + " " + Shown.quoted(name)
                                + advice.on(need.target().section(), name);
                problems.add(wanted.problem(Severity.ERROR, need.reason(), need.path(), what));
            }
        }
        return missing;
    }

    /** What entries in force cannot be without stays too, for as long as they are. */
    private void keepWhatIsNeeded() {
        for (Slot slot : List.copyOf(slots.values())) {
            slot.inForce.ifPresent(form -> {
                for (Need need : Need.of(form)) {
                    if (!slots.containsKey(need.target())) {
                        ConfigEntry target = before.get(need.target());
                        Slot kept = new Slot(need.target(), Optional.empty(), Optional.ofNullable(target));
                        slots.put(need.target(), kept);
                        kept.old.ifPresent(old -> accept(kept, old));
                    }
                }
            });
        }
    }

    /** Puts the published form in force, if there is one; changed entries in its way fall back in their turn. */
    private void fallBack(Slot first) {
        Deque<Slot> falling = new ArrayDeque<>(List.of(first));
        while (!falling.isEmpty()) {
            Slot slot = falling.remove();
            slot.old.ifPresent(old -> {
                for (Slot other : clashes.owners(old)) {
                    evict(other, slot, old);
                    falling.add(other);
                }
                accept(slot, old);
            });
        }
    }

    private void evict(Slot slot, Slot by, ConfigEntry form) {
        clashes.remove(slot.inForce.orElseThrow());
        slot.inForce = Optional.empty();
        clash(slot.wanted.orElseThrow(), new Held<>(form, by));
    }

    private void accept(Slot slot, ConfigEntry form) {
        slot.inForce = Optional.of(form);
        clashes.put(form, slot);
    }

    private void clash(Reading.Good wanted, Held<Slot> other) {
        Conflict conflict = clashes.between(wanted.value(), other.form());
        String kept = other.owner().wants(other.form()) ? "" : ", which is in force";
        problems.add(wanted.problem(Severity.ERROR, conflict.reason(), conflict.path(), conflict.message() + kept));
    }

    private EffectiveConfig effective() {
        List<ConfigEntry> entries = new ArrayList<>();
        Map<EntryKey, Long> kept = new HashMap<>();
        Map<EntryKey, Origin> origins = new HashMap<>();
        slots.values().stream()
                .filter(slot -> slot.inForce.isPresent())
                .sorted(Comparator.comparing(slot -> slot.key.section()))
                .forEach(slot -> {
                    entries.add(slot.inForce.orElseThrow());
                    if (slot.isAsWanted()) {
                        origins.put(slot.key, slot.wanted.orElseThrow().place().origin());
                    } else {
                        origins.put(slot.key, published.origin(slot.key));
                        kept.put(slot.key, published.keptFrom(slot.key).orElse(published.generation()));
                    }
                });
        Config config = Config.of(entries);
        boolean same = config.equals(published.config());
        long generation = same ? published.generation() : published.generation() + 1;
        return new EffectiveConfig(generation, config, kept, origins);
    }
}
