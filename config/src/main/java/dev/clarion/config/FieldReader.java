package dev.clarion.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The fields of one entry: takes them by name and type, and notes what is wrong with them. */
final class FieldReader {
    /** RFC 1123 label, as Kubernetes has it. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final Reading.Place place;
    private final List<Problem> problems;
    private final Map<String, Node.Field> fields = new LinkedHashMap<>();
    private final Map<String, Position> spots = new HashMap<>();
    private boolean bad;

    FieldReader(Reading.Place place, List<Problem> problems) {
        this.place = place;
        this.problems = problems;
    }

    /** The name of an entry, if the node has one that can be relied on. */
    static Optional<String> nameOf(Node node) {
        if (!(node instanceof Node.Mapping mapping)) {
            return Optional.empty();
        }
        List<Node.Field> names = mapping.fields().stream()
                .filter(field -> field.key().equals("name"))
                .toList();
        return names.size() == 1
                        && names.getFirst().value() instanceof Node.Scalar scalar
                        && scalar.kind() == Node.Kind.TEXT
                        && LABEL.matcher(scalar.text()).matches()
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    /** Takes in the keys and refuses those that are repeated, unknown, or not supported yet. */
    void open(Node.Mapping mapping, Set<String> known, Set<String> notYet) {
        for (Node.Field field : mapping.fields()) {
            String key = field.key();
            String path = Shown.text(key, 80);
            if (known.contains(key)) {
                if (fields.putIfAbsent(key, field) != null) {
                    error(ProblemReason.DUPLICATE_KEY, field.position(), path, "a second " + Shown.quoted(key));
                }
            } else if (notYet.contains(key)) {
                error(
                        ProblemReason.UNSUPPORTED_KEY,
                        field.position(),
                        path,
                        Shown.quoted(key) + " is not supported yet; take it out to have the entry without it");
            } else if (key.equals("<<")) {
                error(
                        ProblemReason.UNKNOWN_KEY,
                        field.position(),
                        path,
                        "merge keys are not supported; write the fields out");
            } else {
                Set<String> words = new HashSet<>(known);
                words.addAll(notYet);
                error(
                        ProblemReason.UNKNOWN_KEY,
                        field.position(),
                        path,
                        "unknown key " + Shown.quoted(key)
                                + Suggestion.advice(key, words.stream().sorted().toList()));
            }
        }
    }

    Optional<String> name() {
        return place.name();
    }

    void checkName() {
        Node.Field field = fields.get("name");
        if (field == null) {
            missing("name");
        } else if (place.name().isEmpty()) {
            nameText(field.value(), "name");
        }
    }

    /** The text if the node is a name; a problem otherwise. */
    private Optional<String> nameText(Node node, String path) {
        if (!(node instanceof Node.Scalar scalar) || scalar.kind() != Node.Kind.TEXT) {
            String hint = node instanceof Node.Scalar scalar && !scalar.text().isEmpty() ? "; put it in quotes" : "";
            error(ProblemReason.WRONG_TYPE, node.position(), path, "a name is text, this is " + node.type() + hint);
            return Optional.empty();
        } else if (!LABEL.matcher(scalar.text()).matches()) {
            error(
                    ProblemReason.BAD_NAME,
                    node.position(),
                    path,
                    Shown.quoted(scalar.text())
                            + " is no name; use 1 to 63 lower-case letters, digits and '-', not at the ends");
            return Optional.empty();
        }
        return Optional.of(scalar.text());
    }

    /** A list of names, empty if the key is missing. */
    List<String> names(String key) {
        List<String> names = new ArrayList<>();
        List<Node> items = list(key);
        for (int i = 0; i < items.size(); i++) {
            String path = key + "[" + i + "]";
            Position at = items.get(i).position();
            nameText(items.get(i), path).ifPresent(name -> {
                if (names.contains(name)) {
                    warning(ProblemReason.REPEATED_NAME, at, path, Shown.quoted(name) + " stands here twice");
                } else {
                    names.add(name);
                    spots.put(path, at);
                }
            });
        }
        return names;
    }

    /** The items of a list, none if the key is missing or has no value. */
    List<Node> list(String key) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            return List.of();
        } else if (value.get() instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        error(
                ProblemReason.WRONG_TYPE,
                value.get().position(),
                key,
                "this is " + value.get().type() + "; a list is wanted, its items after '- '");
        return List.of();
    }

    boolean bool(String key, boolean otherwise) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            return otherwise;
        } else if (value.get() instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.BOOLEAN) {
            return scalar.text().equalsIgnoreCase("true");
        }
        error(
                ProblemReason.WRONG_TYPE,
                value.get().position(),
                key,
                "this is " + value.get().type() + "; write true or false, without quotes");
        return otherwise;
    }

    /** The value of a key; empty if the key is missing or its value is null. */
    Optional<Node> value(String key) {
        return Optional.ofNullable(fields.get(key))
                .map(Node.Field::value)
                .filter(value -> !(value instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NULL));
    }

    void missing(String key) {
        Position at = Optional.ofNullable(fields.get(key))
                .map(Node.Field::position)
                .orElse(new Position(place.line(), place.column()));
        error(ProblemReason.MISSING_KEY, at, "", "'" + key + "' is missing");
    }

    /** Remembers where a part of the entry is, for problems that show only beside other entries. */
    void remember(String path, Position at) {
        spots.put(path, at);
    }

    void error(ProblemReason reason, Position at, String path, String message) {
        bad = true;
        problems.add(place.problem(Severity.ERROR, reason, at, path, message));
    }

    void warning(ProblemReason reason, Position at, String path, String message) {
        problems.add(place.problem(Severity.WARNING, reason, at, path, message));
    }

    boolean isBad() {
        return bad;
    }

    Map<String, Position> spots() {
        return spots;
    }
}
