package dev.clarion.config;

import java.util.List;

/** Reads one entry that MetalLB has in its own way, once its fields have our names. */
final class MetallbEntry {
    private MetallbEntry() {}

    /**
     * Reads it.
     *
     * @param notes what has been noted of it so far; its place says what the entry is called
     * @param mapping the fields, without the name
     * @param namespace where MetalLB's Secrets are
     */
    static Reading.Entry read(Notes notes, Node.Mapping mapping, String namespace) {
        Reading.Place place = notes.place();
        EntryForm<?> form = Forms.of(place.section());
        Node.Mapping relaxed = new MetallbLaxity(namespace, notes).relax(place.section(), mapping);
        FieldReader fields = FieldReader.open(notes, "", relaxed, form.fields(), form.refused());
        return Forms.read(form, place.name().orElse("?"), fields);
    }

    /** The problems of an alone standing source, sorted; as {@link ConfigReader} has them for our own. */
    static Reading reading(Source source, Reading.Outcome outcome, List<Problem> problems) {
        Reading alone = new Reading(source, outcome, List.of());
        problems.addAll(Publication.settle(EffectiveConfig.NONE, List.of(alone)).problems());
        problems.sort(Problem.IN_ORDER);
        return new Reading(source, outcome, problems);
    }
}
