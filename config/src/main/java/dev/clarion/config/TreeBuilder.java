package dev.clarion.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Builds the tree of a document from Jackson's YAML tokens. Own tree rather than data binding, since problems need the
 * line, repeated keys must be seen, and aliases must be paid for: a node that an alias repeats is shared in memory, and
 * counted in full each time, so that a few lines cannot stand for billions of values.
 */
final class TreeBuilder {
    private static final YAMLFactory FACTORY = new YAMLFactory();

    private final YAMLParser parser;
    private final Limits limits;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int nodes;

    private TreeBuilder(YAMLParser parser, Limits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    private record Anchored(Node node, int nodes) {}

    /** The document's root; empty if there is nothing but blanks and comments. */
    static Optional<Node> build(String yaml) throws UnreadableException {
        return build(yaml, Limits.WRITTEN);
    }

    static Optional<Node> build(String yaml, Limits limits) throws UnreadableException {
        TextCheck.check(yaml, limits.bytes());
        try (YAMLParser parser = FACTORY.createParser(yaml)) {
            return new TreeBuilder(parser, limits).document();
        } catch (JsonProcessingException notYaml) {
            throw notYaml(yaml, notYaml);
        } catch (IOException | RuntimeException odd) {
            // The parsers below promise no closed set of exceptions, and a user's typo must never end a program.
            throw new UnreadableException(
                    ProblemReason.NOT_YAML, new Position(0, 0), "not YAML: " + Shown.text(String.valueOf(odd), 200));
        }
    }

    private Optional<Node> document() throws IOException, UnreadableException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return Optional.empty();
        }
        Node root = node(first, 1);
        if (parser.nextToken() != null) {
            throw new UnreadableException(
                    ProblemReason.SEVERAL_DOCUMENTS, here(), "a second YAML document; put everything into one");
        }
        return Optional.of(root);
    }

    private Node node(JsonToken token, int depth) throws IOException, UnreadableException {
        Position at = here();
        if (depth > ConfigReader.MAX_DEPTH) {
            throw new UnreadableException(
                    ProblemReason.TOO_DEEP, at, "nested deeper than " + ConfigReader.MAX_DEPTH + " levels");
        }
        if (parser.isCurrentAlias()) {
            return aliased(at);
        }
        String anchor = parser.getObjectId();
        int before = nodes;
        pay(1, at);
        Node node = value(token, at, depth);
        if (anchor != null) {
            anchors.put(anchor, new Anchored(node, nodes - before));
        }
        return node;
    }

    private Node aliased(Position at) throws IOException, UnreadableException {
        Anchored target = anchors.get(parser.getText());
        if (target == null) {
            throw new UnreadableException(
                    ProblemReason.NOT_YAML,
                    at,
                    "alias " + Shown.quoted("*" + parser.getText())
                            + " stands for nothing; its anchor must come before");
        }
        pay(target.nodes, at);
        return target.node;
    }

    private void pay(int count, Position at) throws UnreadableException {
        nodes += count;
        if (nodes > limits.nodes()) {
            throw new UnreadableException(
                    ProblemReason.TOO_MANY_NODES,
                    at,
                    "more than " + limits.nodes() + " values, those that aliases repeat counted each time");
        }
    }

    private Node value(JsonToken token, Position at, int depth) throws IOException, UnreadableException {
        return switch (token) {
            case START_OBJECT -> mapping(at, depth);
            case START_ARRAY -> sequence(at, depth);
            case VALUE_STRING -> scalar(at, Node.Kind.TEXT);
            case VALUE_NUMBER_INT -> scalar(at, Node.Kind.INTEGER);
            case VALUE_NUMBER_FLOAT -> scalar(at, Node.Kind.DECIMAL);
            case VALUE_TRUE, VALUE_FALSE -> scalar(at, Node.Kind.BOOLEAN);
            case VALUE_NULL -> new Node.Scalar(at, Node.Kind.NULL, "");
            case VALUE_EMBEDDED_OBJECT -> new Node.Scalar(at, Node.Kind.BINARY, "");
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME ->
                throw new UnreadableException(ProblemReason.NOT_YAML, at, "not YAML: a value is missing here");
        };
    }

    private Node.Scalar scalar(Position at, Node.Kind kind) throws IOException {
        return new Node.Scalar(at, kind, parser.getText());
    }

    private Node.Mapping mapping(Position at, int depth) throws IOException, UnreadableException {
        List<Node.Field> fields = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Position keyAt = here();
            String key = String.valueOf(parser.currentName());
            fields.add(new Node.Field(keyAt, key, node(parser.nextToken(), depth + 1)));
        }
        return new Node.Mapping(at, fields);
    }

    private Node.Sequence sequence(Position at, int depth) throws IOException, UnreadableException {
        List<Node> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token, depth + 1));
        }
        return new Node.Sequence(at, items);
    }

    private Position here() {
        return position(parser.currentTokenLocation());
    }

    private static Position position(JsonLocation location) {
        return new Position(Math.max(0, location.getLineNr()), Math.max(0, location.getColumnNr()));
    }

    private static UnreadableException notYaml(String yaml, JsonProcessingException why) {
        JsonLocation location = why.getLocation();
        Position at = location == null ? new Position(0, 0) : position(location);
        String what = why.getOriginalMessage();
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
                at = new Position(
                        marked.getProblemMark().getLine() + 1,
                        marked.getProblemMark().getColumn() + 1);
                what = marked.getProblem();
            }
        }
        return new UnreadableException(
                ProblemReason.NOT_YAML, at, "not YAML: " + Shown.text(plain(String.valueOf(what), yaml, at), 200));
    }

    /** The usual slips in words that help more than the parser's. */
    private static String plain(String what, String yaml, Position at) {
        if (isIndentedByTab(yaml, at.line())) {
            return "the line is indented by a tab; YAML wants spaces";
        } else if (what.startsWith("Expected a field name")) {
            return "a key must be plain text";
        } else if (what.contains("cannot start any token")) {
            return "a value cannot begin with this character; put it in quotes";
        }
        return what;
    }

    private static boolean isIndentedByTab(String yaml, int line) {
        return yaml.lines()
                .skip(Math.max(0, line - 1))
                .findFirst()
                .filter(text -> text.matches("[ ]*\\t.*"))
                .isPresent();
    }
}
