package dev.clarion.config;

import java.util.Optional;
import java.util.stream.Stream;

/** One way in which two entries, each good by itself, cannot be in force together; knows those that are in force. */
interface ClashRule<T> {

    /** A form that is in force, and whose it is. */
    record Held<T>(ConfigEntry form, T owner) {}

    /** What is wrong with a form beside another one; the path is within the form. */
    record Conflict(ProblemReason reason, String path, String message) {}

    void put(Held<T> held);

    void remove(ConfigEntry form);

    /** What is in force and clashes with the form; in the order of the form's parts, perhaps repeated. */
    Stream<Held<T>> against(ConfigEntry form);

    /** Why the two clash, told to the writer of {@code mine}; empty if they do not by this rule. */
    Optional<Conflict> between(ConfigEntry mine, ConfigEntry theirs);
}
