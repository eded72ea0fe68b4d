package dev.clarion.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How entries of one list are written: its fields, and both ways between text and value. */
interface EntryForm<E extends ConfigEntry> {
    /** The key of every entry's name. */
    String NAME = "name";

    /** The keys of the fields, in the order in which they are written; the name is not among them. */
    List<String> fields();

    /** Keys that are known and refused, with what to do instead. */
    default Map<String, String> refused() {
        return Map.of();
    }

    /** What the entry says; empty if it cannot be told, which then has been noted. */
    Optional<E> read(String name, FieldReader fields);

    void write(E entry, YamlWriter yaml);
}
