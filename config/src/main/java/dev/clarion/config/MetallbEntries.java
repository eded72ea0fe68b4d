package dev.clarion.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The entries that MetalLB's ConfigMap becomes, as they are read. */
final class MetallbEntries {
    private final Origin origin;
    private final List<Problem> problems;
    private final List<Reading.Entry> entries = new ArrayList<>();
    private final Set<Section> incomplete = EnumSet.noneOf(Section.class);

    MetallbEntries(Origin origin, List<Problem> problems) {
        this.origin = origin;
        this.problems = problems;
    }

    /** Begins an entry. */
    Notes notes(Section section, Optional<String> name, String path, Position at) {
        return new Notes(new Reading.Place(origin, section, name, path, at), false, problems);
    }

    /** Reads the entry from its fields, which have our names. */
    void add(Notes notes, Node.Mapping mapping) {
        add(MetallbEntry.read(notes, mapping, origin.namespace()));
    }

    /** The entry is there, and no more can be said of it. */
    void bad(Notes notes) {
        add(new Reading.Bad(notes.place()));
    }

    private void add(Reading.Entry entry) {
        entries.add(entry);
        if (entry.place().name().isEmpty()) {
            incomplete.add(entry.place().section());
        }
    }

    void incomplete(Collection<Section> sections) {
        incomplete.addAll(sections);
    }

    /** Refuses a document of too many entries. */
    void check(Position at) throws UnreadableException {
        if (entries.size() > ConfigReader.MAX_ENTRIES) {
            throw new UnreadableException(
                    ProblemReason.TOO_MANY_ENTRIES, at, "more than " + ConfigReader.MAX_ENTRIES + " entries");
        }
    }

    Reading.Document document() {
        return new Reading.Document(entries, incomplete);
    }
}
