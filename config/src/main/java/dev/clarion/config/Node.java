package dev.clarion.config;

import java.util.List;
import java.util.Optional;

/** A value in a YAML document, with its place in the text. Aliases are resolved: an aliased node is shared. */
sealed interface Node {
    /** Where the value begins. */
    Position position();

    /** As messages name its type. */
    String type();

    /** The same value without places: that of a resource, whose text nobody has written. */
    default Node unplaced() {
        return switch (this) {
            case Mapping mapping ->
                new Mapping(
                        Position.NONE,
                        mapping.fields().stream()
                                .map(field -> new Field(
                                        Position.NONE,
                                        field.key(),
                                        field.value().unplaced()))
                                .toList());
            case Sequence sequence ->
                new Sequence(
                        Position.NONE,
                        sequence.items().stream().map(Node::unplaced).toList());
            case Scalar scalar -> new Scalar(Position.NONE, scalar.kind(), scalar.text());
        };
    }

    /** A mapping; keys in the order of the text, perhaps repeated. */
    record Mapping(Position position, List<Field> fields) implements Node {
        public Mapping {
            fields = List.copyOf(fields);
        }

        Optional<Field> first(String key) {
            return fields.stream().filter(field -> field.key().equals(key)).findFirst();
        }

        Mapping without(String key) {
            return new Mapping(
                    position,
                    fields.stream().filter(field -> !field.key().equals(key)).toList());
        }

        @Override
        public String type() {
            return "a mapping";
        }
    }

    /** A key with its value; the position is that of the key. */
    record Field(Position position, String key, Node value) {}

    /** A list. */
    record Sequence(Position position, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String type() {
            return "a list";
        }
    }

    /** A single value, as it stands in the text (without quotes). */
    record Scalar(Position position, Kind kind, String text) implements Node {
        @Override
        public String type() {
            return kind.type;
        }
    }

    /** The types of single values that YAML tells apart. */
    enum Kind {
        TEXT("text"),
        INTEGER("a number"),
        DECIMAL("a decimal number"),
        BOOLEAN("true or false"),
        NULL("nothing"),
        BINARY("binary data");

        private final String type;

        Kind(String type) {
            this.type = type;
        }
    }
}
