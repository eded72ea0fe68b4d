package dev.clarion.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema and the reader agree: neither takes what the other refuses, as far as a schema can say it. */
class SchemaTest {
    private static final Schema SCHEMA = Schema.load();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static Set<String> keys(JsonNode object) {
        Set<String> keys = new TreeSet<>();
        object.path("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static JsonNode definitionOf(Section section) {
        String ref = SCHEMA.tree()
                .path("properties")
                .path(section.key())
                .path("items")
                .path("$ref")
                .asText();
        return SCHEMA.definition(ref.replace("#/$defs/", ""));
    }

    @Test
    void listsAndFieldsAreThoseOfTheReader() {
        Set<String> lists = new TreeSet<>();
        for (Section section : Section.values()) {
            lists.add(section.key());
            assertThat(keys(definitionOf(section)))
                    .as(section.key())
                    .containsExactlyInAnyOrderElementsOf(Forms.keys(section));
        }
        assertThat(keys(SCHEMA.tree())).isEqualTo(lists);
    }

    @Test
    void everythingHasADescriptionAndNothingElseIsTaken() {
        Map<String, JsonNode> objects = new TreeMap<>();
        SCHEMA.tree().path("$defs").properties().forEach(it -> objects.put(it.getKey(), it.getValue()));
        objects.put("root", SCHEMA.tree());
        objects.forEach((name, object) -> {
            assertThat(object.path("description").asText()).as(name).isNotBlank();
            object.path("properties")
                    .properties()
                    .forEach(property -> assertThat(
                                    property.getValue().path("description").asText())
                            .as(name + "." + property.getKey())
                            .isNotBlank());
            if (object.has("properties")) {
                assertThat(object.path("additionalProperties").isBoolean())
                        .as(name)
                        .isTrue();
                assertThat(object.path("additionalProperties").asBoolean())
                        .as(name)
                        .isFalse();
            }
        });
    }

    @Test
    void whatIsMadeFromTheSchemaIsReadPublishedAndReadBack() throws Exception {
        Set<String> seen = new HashSet<>();
        for (long seed = 1; seed <= 100; seed++) {
            ObjectNode document = new Documents(SCHEMA, new SplittableRandom(seed)).next();
            assertThat(SCHEMA.wrong(document))
                    .as("seed " + seed + ": " + document)
                    .isEmpty();
            Reading reading = ConfigReader.read(document.toString());
            assertThat(reading.problems().stream().filter(problem -> problem.severity() == Severity.ERROR))
                    .as("seed " + seed + ": " + document)
                    .isEmpty();
            EffectiveConfig effective =
                    Publication.of(Optional.empty(), reading).effective();
            int entries = 0;
            for (JsonNode list : document) {
                entries += list.size();
            }
            assertThat(effective.config().entries()).as("seed " + seed).hasSize(entries);
            assertThat(EffectiveYaml.read(EffectiveYaml.write(effective)))
                    .as("seed " + seed)
                    .isEqualTo(effective);
            collect(document, "", seen);
        }
        for (Section section : Section.values()) {
            for (String key : Forms.keys(section)) {
                assertThat(seen).contains(section.key() + "." + key);
            }
        }
    }

    private static void collect(JsonNode node, String path, Set<String> seen) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                String inner = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                seen.add(inner);
                collect(field.getValue(), inner, seen);
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(item -> collect(item, path, seen));
        }
    }

    @Test
    void whatTheSchemaRefusesTheReaderRefuses() {
        int refused = 0;
        for (long seed = 1; seed <= 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ObjectNode original = new Documents(SCHEMA, random).next();
            for (int i = 0; i < 10; i++) {
                ObjectNode document = original.deepCopy();
                String change = mutate(document, random);
                if (!SCHEMA.accepts(document)) {
                    refused++;
                    assertThat(ConfigReader.read(document.toString()).isValid())
                            .as("seed " + seed + ", " + change + ": " + SCHEMA.wrong(document) + " " + document)
                            .isFalse();
                }
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    /** Somewhere in a document: a field gone, a stranger, another type, a word or number that will not do. */
    private static String mutate(ObjectNode document, SplittableRandom random) {
        List<JsonNode> containers = new ArrayList<>();
        containers(document, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        if (container instanceof ObjectNode object) {
            List<String> keys = new ArrayList<>();
            object.fieldNames().forEachRemaining(keys::add);
            if (keys.isEmpty() || random.nextInt(8) == 0) {
                object.put("stranger", 1);
                return "a stranger";
            }
            String key = keys.get(random.nextInt(keys.size()));
            if (random.nextInt(4) == 0) {
                object.remove(key);
                return "without " + key;
            }
            JsonNode other = other(object.get(key), random);
            object.set(key, other);
            return key + " = " + other;
        }
        ArrayNode array = (ArrayNode) container;
        if (array.isEmpty() || random.nextInt(4) == 0) {
            JsonNode item = other(JSON.textNode("x"), random);
            array.add(item);
            return "more: " + item;
        } else if (random.nextInt(4) == 0) {
            array.removeAll();
            return "emptied";
        }
        int index = random.nextInt(array.size());
        JsonNode other = other(array.get(index), random);
        array.set(index, other);
        return index + " = " + other;
    }

    private static void containers(JsonNode node, List<JsonNode> found) {
        if (node.isContainerNode()) {
            found.add(node);
            node.forEach(child -> containers(child, found));
        }
    }

    private static JsonNode other(JsonNode value, SplittableRandom random) {
        List<JsonNode> others = List.of(
                JSON.nullNode(),
                JSON.booleanNode(true),
                JSON.numberNode(-1),
                JSON.numberNode(0),
                JSON.numberNode(256),
                JSON.numberNode(65_536),
                JSON.numberNode(4_294_967_296L),
                JSON.numberNode(0.5),
                JSON.textNode(""),
                JSON.textNode("two words"),
                JSON.textNode("UPPER/lower"),
                JSON.textNode(value.asText() + "!"),
                JSON.textNode("9"),
                JSON.arrayNode(),
                JSON.arrayNode().add("x"),
                JSON.objectNode(),
                JSON.objectNode().put("x", "y"));
        return others.get(random.nextInt(others.size()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.clarion.config.SamplesTest#manifests")
    void everySampleIsAcceptedByTheSchema(Path file) {
        JsonNode document = Schema.of(Samples.configYaml(file.getFileName().toString()));
        assertThat(SCHEMA.wrong(document)).isEmpty();
    }
}
