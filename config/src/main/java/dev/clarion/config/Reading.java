package dev.clarion.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one source says: its entries, each good or bad by itself, and everything that is wrong with it.
 *
 * @param source which one
 * @param outcome the entries, or that there is no telling
 * @param problems everything that is wrong, in order, as if nothing had been published before and there were no other
 *     source
 */
public record Reading(Source source, Outcome outcome, List<Problem> problems) {

    public Reading {
        problems = List.copyOf(problems);
    }

    /** Whether every entry can be applied as it stands. */
    public boolean isValid() {
        return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /** What became of the source as a whole. */
    public sealed interface Outcome {}

    /** It cannot be read as a whole, so it says nothing about any entry, and none of its entries changes. */
    public record Unreadable() implements Outcome {}

    /**
     * It has been read.
     *
     * @param entries good and bad ones, in the order of the text, or of the resources' names
     * @param incomplete lists in which some entry's name is unknown: absence of a name from them means nothing
     */
    public record Document(List<Entry> entries, Set<Section> incomplete) implements Outcome {
        public Document {
            entries = List.copyOf(entries);
            incomplete = Set.copyOf(incomplete);
        }
    }

    /** One entry of a source. */
    public sealed interface Entry {
        /** Where it is, and what it is called if that can be read. */
        Place place();
    }

    /**
     * An entry that is good by itself; it may still clash with others.
     *
     * @param place where it is
     * @param value what it says
     * @param spots where its parts are in the text, by their path within the entry, as {@code addresses[1]}
     */
    public record Good(Place place, ConfigEntry value, Map<String, Position> spots) implements Entry {
        public Good {
            spots = Map.copyOf(spots);
        }

        /** A problem of the part with this path within the entry. */
        Problem problem(Severity severity, ProblemReason reason, String within, String message) {
            return place.problem(severity, reason, spots.getOrDefault(within, place.at()), within, message);
        }
    }

    /**
     * An entry that cannot be applied.
     *
     * @param place where it is
     */
    public record Bad(Place place) implements Entry {}

    /**
     * Where an entry is.
     *
     * @param origin the object that it is in
     * @param section its list
     * @param name its name, empty if that cannot be read
     * @param path the path of the entry in that object, as {@code ipAddressPools[0]} or {@code spec}
     * @param at the place of its first key; {@link Position#NONE} in what is no text
     */
    public record Place(Origin origin, Section section, Optional<String> name, String path, Position at) {

        /** As messages name the entry: {@code ipAddressPools/lan}, or by its path if it has no name. */
        public String object() {
            return name.map(known -> section.key() + "/" + known).orElse(path);
        }

        Problem problem(Severity severity, ProblemReason reason, Position where, String within, String message) {
            String full = within.isEmpty() ? path : path + "." + within;
            Problem problem =
                    new Problem(severity, reason, origin, object(), full, where.line(), where.column(), message);
            return origin.source() == Source.METALLB_CONFIG_MAP ? MetallbWords.retell(problem, this) : problem;
        }

        /** What identifies the entry, if its name can be read. */
        public Optional<EntryKey> key() {
            return name.map(known -> new EntryKey(section, known));
        }
    }
}
