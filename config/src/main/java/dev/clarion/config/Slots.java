package dev.clarion.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lays out the slots: which entry of which source counts for each name, and who stays although no source lists it.
 * Sources come in order of precedence; a name belongs to the first that has it, be its entry good or bad.
 */
final class Slots {
    private static final int MOST_NAMES_TOLD = 5;

    private final EffectiveConfig published;
    private final List<Problem> problems;
    private final Map<EntryKey, ConfigEntry> before = new HashMap<>();
    private final Map<EntryKey, Slot> slots = new LinkedHashMap<>();

    Slots(EffectiveConfig published, List<Problem> problems) {
        this.published = published;
        this.problems = problems;
        for (ConfigEntry entry : published.config().entries()) {
            before.put(entry.key(), entry);
        }
    }

    Map<EntryKey, Slot> layOut(List<Reading> readings) {
        readings.stream().sorted(Comparator.comparing(Reading::source)).forEach(reading -> {
            switch (reading.outcome()) {
                case Reading.Document document -> {
                    open(document);
                    stayWhoAreGone(reading.source(), document);
                }
                case Reading.Unreadable unreadable -> {
                    for (ConfigEntry entry : published.config().entries()) {
                        if (published.origin(entry.key()).source() == reading.source()) {
                            stay(entry);
                        }
                    }
                }
            }
        });
        return slots;
    }

    private void open(Reading.Document document) {
        Map<EntryKey, List<Reading.Entry>> byKey = new LinkedHashMap<>();
        for (Reading.Entry entry : document.entries()) {
            entry.place()
                    .key()
                    .ifPresent(key -> byKey.computeIfAbsent(key, ignored -> new ArrayList<>())
                            .add(entry));
        }
        byKey.forEach((key, entries) -> {
            Slot taken = slots.get(key);
            if (taken != null) {
                entries.forEach(entry -> takenBefore(entry, taken));
            } else {
                slots.put(key, slot(key, entries));
            }
        });
    }

    private Slot slot(EntryKey key, List<Reading.Entry> entries) {
        Optional<ConfigEntry> old = Optional.ofNullable(before.get(key));
        boolean ambiguous = entries.size() > 1;
        if (ambiguous) {
            twice(entries);
        }
        Optional<Reading.Good> wanted = entries.stream()
                .filter(Reading.Good.class::isInstance)
                .map(Reading.Good.class::cast)
                .filter(good -> !ambiguous || old.isEmpty() || old.get().equals(good.value()))
                .findFirst();
        return new Slot(key, wanted, old);
    }

    /** Two entries of one name: nobody can say which is meant, so what is in force stays, or else the first counts. */
    private void twice(List<Reading.Entry> entries) {
        Reading.Place first = entries.getFirst().place();
        String where = first.at().line() > 0 ? "at line " + first.at().line() : "in " + first.origin();
        for (Reading.Entry entry : entries.subList(1, entries.size())) {
            Reading.Place place = entry.place();
            String message = "the entry " + where + " has this name too; give each its own";
            problems.add(place.problem(Severity.ERROR, ProblemReason.DUPLICATE_NAME, place.at(), "", message));
        }
    }

    private void takenBefore(Reading.Entry entry, Slot taken) {
        Reading.Place place = entry.place();
        Origin first = taken.wanted.map(good -> good.place().origin()).orElse(published.origin(taken.key));
        boolean same = entry instanceof Reading.Good good
                && taken.wanted.map(Reading.Good::value).or(() -> taken.old).equals(Optional.of(good.value()));
        problems.add(place.problem(
                same ? Severity.WARNING : Severity.ERROR,
                ProblemReason.DUPLICATE_SOURCE,
                place.at(),
                "",
                same
                        ? first + " says the same, and counts; take one of the two out"
                        : first + " has " + taken.key + " too, and counts; rename this one or take it out"));
    }

    /** Entries that left a list in which a name cannot be read: one of them may be the unreadable one. */
    private void stayWhoAreGone(Source source, Reading.Document document) {
        Map<Section, List<EntryKey>> gone = new LinkedHashMap<>();
        for (ConfigEntry entry : published.config().entries()) {
            if (document.incomplete().contains(entry.section())
                    && published.origin(entry.key()).source() == source
                    && stay(entry)) {
                gone.computeIfAbsent(entry.section(), ignored -> new ArrayList<>())
                        .add(entry.key());
            }
        }
        gone.forEach((section, keys) -> inDoubt(source, document, section, keys));
    }

    private boolean stay(ConfigEntry entry) {
        return slots.putIfAbsent(entry.key(), new Slot(entry.key(), Optional.empty(), Optional.of(entry))) == null;
    }

    private void inDoubt(Source source, Reading.Document document, Section section, List<EntryKey> keys) {
        Optional<Reading.Place> nameless = document.entries().stream()
                .map(Reading.Entry::place)
                .filter(place -> place.section() == section && place.name().isEmpty())
                .findFirst();
        Position at = nameless.map(Reading.Place::at).orElse(Position.NONE);
        Origin origin = nameless.map(Reading.Place::origin).orElseGet(() -> published.origin(keys.getFirst()));
        String names = String.join(
                ", ", keys.stream().limit(MOST_NAMES_TOLD).map(EntryKey::name).toList());
        String path = source == Source.RESOURCE ? "" : section.key();
        problems.add(new Problem(
                Severity.WARNING,
                ProblemReason.REMOVAL_IN_DOUBT,
                origin,
                "",
                path,
                at.line(),
                at.column(),
                keys.size() + " no longer listed (" + names + (keys.size() > MOST_NAMES_TOLD ? ", ..." : "")
                        + "), kept until every name of this list can be read"));
    }
}
