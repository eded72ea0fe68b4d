package dev.clarion.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a document says: its entries, each good or bad by itself, and everything that is wrong with it.
 *
 * @param outcome the entries, or that there is no telling
 * @param problems everything that is wrong, in the order of the text, as if nothing had been published before
 */
public record Reading(Outcome outcome, List<Problem> problems) {

    public Reading {
        problems = List.copyOf(problems);
    }

    /** Whether every entry can be applied as it stands. */
    public boolean isValid() {
        return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /** What became of the document as a whole. */
    public sealed interface Outcome {}

    /** It cannot be read as a whole, so it says nothing about any entry. */
    public record Unreadable() implements Outcome {}

    /**
     * It has been read.
     *
     * @param entries good and bad ones, in the order of the text
     * @param incomplete lists in which some entry's name is unknown: absence of a name from them means nothing
     */
    public record Document(List<Entry> entries, Set<Section> incomplete) implements Outcome {
        public Document {
            entries = List.copyOf(entries);
            incomplete = Set.copyOf(incomplete);
        }
    }

    /** One entry of a document. */
    public sealed interface Entry {
        /** Where it is, and what it is called if that can be read. */
        Place place();
    }

    /**
     * An entry that is good by itself; it may still clash with others.
     *
     * @param place where it is
     * @param value what it says
     * @param spots where its parts are, by their path within the entry, as {@code addresses[1]}
     */
    public record Good(Place place, ConfigEntry value, Map<String, Position> spots) implements Entry {
        public Good {
            spots = Map.copyOf(spots);
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
     * @param section its list
     * @param index its position there, from 0
     * @param name its name, empty if that cannot be read
     * @param line line of its first key, from 1
     * @param column column of its first key, from 1
     */
    public record Place(Section section, int index, Optional<String> name, int line, int column) {

        /** As messages name the entry: {@code ipAddressPools/lan}, or {@code ipAddressPools[0]} if it has no name. */
        public String object() {
            return name.map(known -> section.key() + "/" + known).orElseGet(this::path);
        }

        /** As {@code ipAddressPools[0]}. */
        public String path() {
            return section.key() + "[" + index + "]";
        }

        Problem problem(Severity severity, ProblemReason reason, Position at, String within, String message) {
            String path = within.isEmpty() ? path() : path() + "." + within;
            return new Problem(severity, reason, object(), path, at.line(), at.column(), message);
        }

        /** What identifies the entry, if its name can be read. */
        public Optional<EntryKey> key() {
            return name.map(known -> new EntryKey(section, known));
        }
    }
}
