package dev.clarion.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes our tree of what JSON libraries make of an object. It has no places in a text. */
final class MetallbTree {
    private int nodes;

    private MetallbTree() {}

    /** An object that is too deep or too large to be read. */
    static final class TooMuch extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient ProblemReason reason;

        TooMuch(ProblemReason reason, String message) {
            super(message);
            this.reason = reason;
        }

        ProblemReason reason() {
            return reason;
        }
    }

    static Node.Mapping of(Map<String, Object> spec) throws TooMuch {
        return new MetallbTree().mapping(spec, 1);
    }

    private Node.Mapping mapping(Map<?, ?> map, int depth) throws TooMuch {
        List<Node.Field> fields = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            fields.add(
                    new Node.Field(Position.NONE, String.valueOf(entry.getKey()), node(entry.getValue(), depth + 1)));
        }
        fields.sort((a, b) -> a.key().compareTo(b.key()));
        return new Node.Mapping(Position.NONE, fields);
    }

    private Node node(@Nullable Object value, int depth) throws TooMuch {
        if (depth > ConfigReader.MAX_DEPTH) {
            throw new TooMuch(ProblemReason.TOO_DEEP, "nested deeper than " + ConfigReader.MAX_DEPTH);
        }
        if (++nodes > ConfigReader.MAX_NODES) {
            throw new TooMuch(ProblemReason.TOO_MANY_NODES, "more than " + ConfigReader.MAX_NODES + " values");
        }
        return switch (value) {
            case null -> scalar(Node.Kind.NULL, "");
            case Map<?, ?> map -> mapping(map, depth);
            case List<?> list -> {
                List<Node> items = new ArrayList<>();
                for (Object item : list) {
                    items.add(node(item, depth + 1));
                }
                yield new Node.Sequence(Position.NONE, items);
            }
            case Boolean bool -> scalar(Node.Kind.BOOLEAN, bool.toString());
            case Float decimal -> scalar(Node.Kind.DECIMAL, decimal.toString());
            case Double decimal -> scalar(Node.Kind.DECIMAL, decimal.toString());
            case java.math.BigDecimal decimal -> scalar(Node.Kind.DECIMAL, decimal.toString());
            case Number number -> scalar(Node.Kind.INTEGER, number.toString());
            default -> scalar(Node.Kind.TEXT, value.toString());
        };
    }

    private static Node scalar(Node.Kind kind, String text) {
        return new Node.Scalar(Position.NONE, kind, text);
    }
}
