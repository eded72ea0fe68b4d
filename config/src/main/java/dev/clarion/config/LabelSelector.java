package dev.clarion.config;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Selects objects by their labels, as Kubernetes' {@code metav1.LabelSelector} does: every part must hold, and one
 * without parts matches everything. Kept in canonical order, so that selectors that say the same are equal.
 *
 * @param matchLabels labels that must be there with just this value
 * @param matchExpressions further demands
 */
public record LabelSelector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {
    /** Matches everything. */
    public static final LabelSelector EVERYTHING = new LabelSelector(Map.of(), List.of());

    public LabelSelector {
        matchLabels = Collections.unmodifiableMap(new TreeMap<>(matchLabels));
        matchExpressions = matchExpressions.stream().distinct().sorted().toList();
    }

    /** How a {@link Requirement} treats its values. */
    public enum Operator {
        /** The label is there with one of the values. */
        IN("In"),
        /** The label is not there, or with none of the values. */
        NOT_IN("NotIn"),
        /** The label is there. */
        EXISTS("Exists"),
        /** The label is not there. */
        DOES_NOT_EXIST("DoesNotExist");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        /** As configurations write it: {@code NotIn}. */
        public String text() {
            return text;
        }

        /** Whether a requirement needs at least one value; the others have none. */
        public boolean takesValues() {
            return this == IN || this == NOT_IN;
        }
    }

    /**
     * One demand on one label.
     *
     * @param key the label
     * @param operator what is asked of it
     * @param values at least one for {@link Operator#IN} and {@link Operator#NOT_IN}, else none
     */
    public record Requirement(String key, Operator operator, List<String> values) implements Comparable<Requirement> {
        private static final Comparator<Requirement> ORDER = Comparator.comparing(Requirement::key)
                .thenComparing(Requirement::operator)
                .thenComparing(requirement -> String.join(",", requirement.values()));

        /** Throws IllegalArgumentException if the values do not suit the operator. */
        public Requirement {
            values = values.stream().distinct().sorted().toList();
            if (operator.takesValues() == values.isEmpty()) {
                throw new IllegalArgumentException(operator.text() + " with " + values.size() + " values");
            }
        }

        /** Whether an object with these labels meets the demand. */
        public boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
            };
        }

        @Override
        public int compareTo(Requirement other) {
            return ORDER.compare(this, other);
        }
    }

    /** Whether an object with these labels is selected. */
    public boolean matches(Map<String, String> labels) {
        for (Map.Entry<String, String> wanted : matchLabels.entrySet()) {
            if (!Objects.equals(labels.get(wanted.getKey()), wanted.getValue())) {
                return false;
            }
        }
        for (Requirement requirement : matchExpressions) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** Whether any of the selectors matches; of none, none does. What an absent list means is the caller's to know. */
    public static boolean anyMatches(Collection<LabelSelector> selectors, Map<String, String> labels) {
        for (LabelSelector selector : selectors) {
            if (selector.matches(labels)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the list is no restriction (it is empty, that is, absent), or one of its selectors matches. */
    public static boolean admits(Collection<LabelSelector> selectors, Map<String, String> labels) {
        return selectors.isEmpty() || anyMatches(selectors, labels);
    }
}
