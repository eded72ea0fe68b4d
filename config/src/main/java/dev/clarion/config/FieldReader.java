package dev.clarion.config;

import dev.clarion.net.AddressSyntaxException;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The fields of one entry, or of a mapping within it: takes them by name and type, and notes what is wrong. */
final class FieldReader {
    private final Notes notes;
    /** Path of the mapping within the entry; empty for the entry itself. */
    private final String base;

    private final Position at;
    private final Map<String, Node.Field> fields = new LinkedHashMap<>();

    private FieldReader(Notes notes, String base, Position at) {
        this.notes = notes;
        this.base = base;
        this.at = at;
    }

    /** Takes in the keys, and refuses those that are repeated, unknown or refused by name. */
    static FieldReader open(
            Notes notes, String base, Node.Mapping mapping, Collection<String> known, Map<String, String> refused) {
        FieldReader reader = new FieldReader(notes, base, mapping.position());
        for (Node.Field field : mapping.fields()) {
            reader.take(field, known, refused);
        }
        return reader;
    }

    private void take(Node.Field field, Collection<String> known, Map<String, String> refused) {
        String key = field.key();
        String shown = Shown.text(key, 80);
        if (known.contains(key)) {
            if (fields.putIfAbsent(key, field) != null) {
                error(ProblemReason.DUPLICATE_KEY, field.position(), shown, "a second " + Shown.quoted(key));
            } else {
                notes.remember(path(key), field.value().position());
            }
        } else if (refused.containsKey(key)) {
            ProblemReason reason =
                    key.equals(PeerForm.PASSWORD) ? ProblemReason.PLAIN_PASSWORD : ProblemReason.UNSUPPORTED_KEY;
            error(reason, field.position(), shown, refused.getOrDefault(key, ""));
        } else if (key.equals("<<")) {
            String message = "merge keys are not supported; write the fields out";
            error(ProblemReason.UNKNOWN_KEY, field.position(), shown, message);
        } else {
            String advice = Suggestion.advice(key, known.stream().sorted().toList());
            error(ProblemReason.UNKNOWN_KEY, field.position(), shown, "unknown key " + Shown.quoted(key) + advice);
        }
    }

    /** The path of a key, or of {@code key[3]}, within the entry. */
    String path(String key) {
        return base.isEmpty() ? key : key.isEmpty() ? base : base + "." + key;
    }

    Notes notes() {
        return notes;
    }

    /** The value of a key; empty if the key is missing or its value is null. */
    Optional<Node> value(String key) {
        return Optional.ofNullable(fields.get(key))
                .map(Node.Field::value)
                .filter(value -> !(value instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NULL));
    }

    /** Whether the key has a value. */
    boolean has(String key) {
        return value(key).isPresent();
    }

    /** Where the value of the key is, or the mapping if it has none. */
    Position position(String key) {
        return Optional.ofNullable(fields.get(key))
                .map(field -> field.value().position())
                .orElse(at);
    }

    /** The items of a list, none if the key is missing or has no value. */
    List<Node> list(String key) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            return List.of();
        } else if (value.get() instanceof Node.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                notes.remember(
                        path(key) + "[" + i + "]", sequence.items().get(i).position());
            }
            return sequence.items();
        }
        wrongType(key, value.get(), "a list is wanted, its items after '- '");
        return List.of();
    }

    /** Notes if a list that must have an item has none; {@code otherwise} says so. */
    void needSome(String key, String otherwise) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            missing(key);
        } else if (value.get() instanceof Node.Sequence list && list.items().isEmpty()) {
            error(ProblemReason.EMPTY_LIST, list.position(), key, otherwise);
        }
    }

    /** Notes each of the keys that has no value. */
    void need(List<String> keys) {
        for (String key : keys) {
            if (!has(key)) {
                missing(key);
            }
        }
    }

    /** The items of a list, each as a value; those that are none are left out, having been noted. */
    <T> List<T> each(String key, Parser<T> parser) {
        List<T> values = new ArrayList<>();
        List<Node> items = list(key);
        for (int i = 0; i < items.size(); i++) {
            parser.parse(items.get(i), key + "[" + i + "]").ifPresent(values::add);
        }
        return values;
    }

    /** As {@link #each}; of items that say the same, one counts. */
    <T> List<T> distinct(String key, Parser<T> parser, Function<T, String> shown) {
        Map<T, Boolean> seen = new LinkedHashMap<>();
        List<Node> items = list(key);
        for (int i = 0; i < items.size(); i++) {
            String path = key + "[" + i + "]";
            Position itemAt = items.get(i).position();
            parser.parse(items.get(i), path).ifPresent(value -> {
                if (seen.putIfAbsent(value, true) != null) {
                    notes.warning(
                            ProblemReason.REPEATED_NAME, itemAt, path(path), shown.apply(value) + " stands here twice");
                } else {
                    notes.remember(path(key) + "[" + (seen.size() - 1) + "]", itemAt);
                }
            });
        }
        return List.copyOf(seen.keySet());
    }

    /** Makes a value of a node, or notes at the path what is wrong with it. */
    interface Parser<T> {
        Optional<T> parse(Node node, String path);
    }

    /** One value of a key. */
    <T> Optional<T> one(String key, Parser<T> parser) {
        return value(key).flatMap(node -> parser.parse(node, key));
    }

    /** A list of names, empty if the key is missing. */
    List<String> names(String key, NameRule rule) {
        return distinct(key, (node, path) -> name(node, path, rule), Shown::quoted);
    }

    Optional<String> name(Node node, String path, NameRule ours) {
        NameRule rule = notes.rule(ours);
        if (!(node instanceof Node.Scalar scalar) || scalar.kind() != Node.Kind.TEXT) {
            String hint = node instanceof Node.Scalar scalar && !scalar.text().isEmpty() ? "; put it in quotes" : "";
            error(ProblemReason.WRONG_TYPE, node.position(), path, "a name is text, this is " + node.type() + hint);
            return Optional.empty();
        } else if (!rule.admits(scalar.text())) {
            String message = Shown.quoted(scalar.text()) + " is no name; use " + rule.words();
            error(ProblemReason.BAD_NAME, node.position(), path, message);
            return Optional.empty();
        }
        return Optional.of(scalar.text());
    }

    /** The text of a scalar, whatever kind YAML takes it for. */
    Optional<Node.Scalar> scalar(Node node, String path, String wanted) {
        if (node instanceof Node.Scalar scalar && scalar.kind() != Node.Kind.NULL) {
            return Optional.of(scalar);
        }
        wrongType(path, node, wanted);
        return Optional.empty();
    }

    boolean bool(String key, boolean otherwise) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            return otherwise;
        } else if (value.get() instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.BOOLEAN) {
            return scalar.text().equalsIgnoreCase("true");
        }
        wrongType(key, value.get(), "write true or false, without quotes");
        return otherwise;
    }

    /** A whole number within bounds. */
    OptionalLong number(String key, long least, long most) {
        return number(key, least, most, ProblemReason.BAD_NUMBER, "one such as " + Math.max(least, Math.min(most, 10)));
    }

    OptionalLong number(String key, long least, long most, ProblemReason reason, String example) {
        Optional<Node> value = value(key);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        Node node = value.get();
        if (!(node instanceof Node.Scalar scalar) || scalar.kind() != Node.Kind.INTEGER) {
            boolean quoted = node instanceof Node.Scalar text && text.text().matches("[0-9]{1,10}");
            wrongType(key, node, quoted ? "take the quotes off" : "write a plain number, " + example);
            return OptionalLong.empty();
        }
        String text = scalar.text();
        if (!text.matches("0|[1-9][0-9]{0,11}") || Long.parseLong(text) < least || Long.parseLong(text) > most) {
            error(
                    reason,
                    node.position(),
                    key,
                    Shown.quoted(text) + " will not do; write a number from " + least + " to " + most
                            + ", in plain digits");
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    int number(String key, int least, int most, int otherwise) {
        return (int) number(key, (long) least, most).orElse(otherwise);
    }

    /** A time in whole seconds that the test admits; {@code words} say which ones those are. */
    Optional<Duration> seconds(String key, Function<Duration, Boolean> test, ProblemReason reason, String words) {
        return one(
                key,
                (node, path) -> scalar(node, path, "write a time as 90s").flatMap(scalar -> {
                    try {
                        Duration time = GoDuration.parse(scalar.text());
                        if (time.equals(Duration.ofSeconds(time.toSeconds())) && test.apply(time)) {
                            return Optional.of(time);
                        }
                        error(reason, node.position(), path, Shown.quoted(scalar.text()) + ": " + words);
                    } catch (GoDuration.Malformed wrong) {
                        error(reason, node.position(), path, String.valueOf(wrong.getMessage()));
                    }
                    return Optional.empty();
                }));
    }

    /** One address that the test has nothing against; what it has is its answer. */
    Optional<Ip> ip(Node node, String path, Function<Ip, Optional<String>> against) {
        return scalar(node, path, "write one address").flatMap(scalar -> {
            try {
                Ip ip = Ip.parse(scalar.text());
                Optional<String> wrong = against.apply(ip);
                wrong.ifPresent(
                        words -> error(ProblemReason.UNUSABLE_ADDRESS, node.position(), path, ip + " " + words));
                return wrong.isPresent() ? Optional.empty() : Optional.of(ip);
            } catch (AddressSyntaxException wrong) {
                String message = Shown.quoted(scalar.text()) + ": " + wrong.getMessage();
                error(ProblemReason.BAD_ADDRESS, node.position(), path, message);
                return Optional.empty();
            }
        });
    }

    /** One of a few words. */
    <T> Optional<T> choice(String key, List<T> choices, Function<T, String> text) {
        return one(key, (node, path) -> {
            List<String> words = choices.stream().map(text).toList();
            if (node instanceof Node.Scalar scalar && words.contains(scalar.text())) {
                return Optional.of(choices.get(words.indexOf(scalar.text())));
            }
            String shown = node instanceof Node.Scalar scalar ? Shown.quoted(scalar.text()) : "this is " + node.type();
            String message = shown + "; write one of: " + String.join(", ", words);
            error(ProblemReason.BAD_CHOICE, node.position(), path, message);
            return Optional.empty();
        });
    }

    /** A mapping within this one. */
    Optional<FieldReader> mapping(Node node, String path, Collection<String> known) {
        if (node instanceof Node.Mapping mapping) {
            return Optional.of(open(notes, path(path), mapping, known, Map.of()));
        }
        wrongType(path, node, "a mapping is wanted, with keys such as " + String.join(", ", known));
        return Optional.empty();
    }

    void missing(String key) {
        Position keyAt =
                Optional.ofNullable(fields.get(key)).map(Node.Field::position).orElse(at);
        error(ProblemReason.MISSING_KEY, keyAt, "", "'" + key + "' is missing");
    }

    void wrongType(String path, Node node, String wanted) {
        error(ProblemReason.WRONG_TYPE, node.position(), path, "this is " + node.type() + "; " + wanted);
    }

    /** Notes an error at a path within this mapping. */
    void error(ProblemReason reason, Position where, String path, String message) {
        notes.error(reason, where, path(path), message);
    }

    void warning(ProblemReason reason, Position where, String path, String message) {
        notes.warning(reason, where, path(path), message);
    }
}
