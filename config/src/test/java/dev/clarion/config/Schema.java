package dev.clarion.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published JSON Schema, and documents in the form that it is for. */
final class Schema {
    static final Path FILE = Path.of("..", "docs", "config.schema.json");

    private final JsonNode tree;
    private final JsonSchema schema;

    private Schema(JsonNode tree) {
        this.tree = tree;
        this.schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(tree);
    }

    static Schema load() {
        return new Schema(json(text()));
    }

    private static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode tree() {
        return tree;
    }

    JsonNode definition(String name) {
        return tree.path("$defs").path(name);
    }

    /** What is wrong with a document by the schema; empty if nothing is. */
    List<String> wrong(JsonNode document) {
        return schema.validate(document).stream().map(Object::toString).toList();
    }

    boolean accepts(JsonNode document) {
        return schema.validate(document).isEmpty();
    }

    /** A YAML document as JSON has it. */
    static JsonNode of(String yaml) {
        try {
            return TreeBuilder.build(yaml).map(Schema::of).orElse(JsonNodeFactory.instance.nullNode());
        } catch (UnreadableException e) {
            throw new AssertionError(e.problem().toString(), e);
        }
    }

    private static JsonNode of(Node node) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (node) {
            case Node.Mapping mapping -> {
                ObjectNode object = json.objectNode();
                mapping.fields().forEach(field -> object.set(field.key(), of(field.value())));
                yield object;
            }
            case Node.Sequence sequence -> {
                ArrayNode array = json.arrayNode();
                sequence.items().forEach(item -> array.add(of(item)));
                yield array;
            }
            case Node.Scalar scalar ->
                switch (scalar.kind()) {
                    case TEXT, BINARY -> json.textNode(scalar.text());
                    case INTEGER ->
                        scalar.text().matches("-?[0-9]+")
                                ? json.numberNode(new BigInteger(scalar.text()))
                                : json.numberNode(BigDecimal.valueOf(0.5));
                    case DECIMAL -> json.numberNode(BigDecimal.valueOf(0.5));
                    case BOOLEAN -> json.booleanNode(scalar.text().equalsIgnoreCase("true"));
                    case NULL -> json.nullNode();
                };
        };
    }
}
