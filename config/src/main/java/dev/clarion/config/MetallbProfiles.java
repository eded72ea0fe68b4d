package dev.clarion.config;

import java.util.Set;

/** {@code bfd-profiles}. */
final class MetallbProfiles {
    private MetallbProfiles() {}

    static void read(MetallbEntries entries, String path, Node node) {
        MetallbNamed named = MetallbNamed.of(node);
        Notes notes = entries.notes(Section.BFD_PROFILES, named.legal(), path, node.position());
        named.check(notes);
        if (node instanceof Node.Mapping mapping) {
            entries.add(notes, MetallbWords.BFD.translate(mapping, notes, "", Set.of(EntryForm.NAME)));
        } else {
            entries.bad(notes);
        }
    }
}
