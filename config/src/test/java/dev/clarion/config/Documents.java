package dev.clarion.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes documents from the schema. What a schema cannot say (docs/configuration.md lists it) is in {@link Mending}, and
 * nothing else is.
 */
final class Documents {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_ITEMS = 3;

    private final Schema schema;
    private final SplittableRandom random;
    private int counter;

    Documents(Schema schema, SplittableRandom random) {
        this.schema = schema;
        this.random = random;
    }

    /** A document that the schema accepts and the reader must. */
    ObjectNode next() {
        ObjectNode document = JSON.objectNode();
        schema.tree().path("properties").properties().forEach(list -> {
            String definition = name(list.getValue().path("items"));
            ArrayNode entries = document.putArray(list.getKey());
            for (int i = random.nextInt(4); i > 0; i--) {
                entries.add(entry(definition));
            }
        });
        new Mending(document).mend();
        return document;
    }

    /** An entry that the schema accepts. Conditions between fields, which only BGP has, are met by trying. */
    private JsonNode entry(String definition) {
        while (true) {
            ObjectNode entry = (ObjectNode) value(schema.definition(definition), definition);
            if (!definition.startsWith("bgp")) {
                return entry;
            }
            ObjectNode document = JSON.objectNode();
            String list = listOf(definition);
            document.putArray(list).add(entry);
            if (schema.accepts(document)) {
                return entry;
            }
        }
    }

    private String listOf(String definition) {
        for (var list : schema.tree().path("properties").properties()) {
            if (name(list.getValue().path("items")).equals(definition)) {
                return list.getKey();
            }
        }
        throw new AssertionError(definition);
    }

    private static String name(JsonNode ref) {
        return ref.path("$ref").asText().replace("#/$defs/", "");
    }

    private JsonNode value(JsonNode type, String definition) {
        counter++;
        if (type.has("$ref")) {
            return value(schema.definition(name(type)), name(type));
        } else if (type.has("anyOf")) {
            return random.nextInt(12) == 0
                    ? JSON.nullNode()
                    : value(type.path("anyOf").get(0), "");
        } else if (type.has("enum")) {
            return type.path("enum").get(random.nextInt(type.path("enum").size()));
        }
        boolean nullable = type.path("type").isArray();
        if (nullable && random.nextInt(12) == 0) {
            return JSON.nullNode();
        }
        return switch (nullable
                ? type.path("type").get(0).asText()
                : type.path("type").asText()) {
            case "object" -> definition.equals("labelRequirement") ? requirement(object(type)) : object(type);
            case "array" -> array(type);
            case "integer" -> integer(type);
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "string" -> text(type, definition);
            default -> throw new AssertionError(type.toString());
        };
    }

    private ObjectNode object(JsonNode type) {
        ObjectNode object = JSON.objectNode();
        List<String> required = new ArrayList<>();
        type.path("required").forEach(key -> required.add(key.asText()));
        type.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || random.nextInt(5) < 2) {
                object.set(property.getKey(), value(property.getValue(), ""));
            }
        });
        if (type.path("additionalProperties").isObject()) {
            for (int i = random.nextInt(MOST_ITEMS); i > 0; i--) {
                object.put(random.nextBoolean() ? "app" : "example.com/k" + i, random.nextBoolean() ? "" : "v" + i);
            }
        }
        return object;
    }

    private ObjectNode requirement(ObjectNode requirement) {
        if (requirement.path("operator").asText().endsWith("In")) {
            ArrayNode values = requirement.putArray("values");
            for (int i = random.nextInt(1, MOST_ITEMS); i > 0; i--) {
                values.add("v" + i);
            }
        } else if (random.nextBoolean()) {
            requirement.remove("values");
        } else {
            requirement.putArray("values");
        }
        return requirement;
    }

    private ArrayNode array(JsonNode type) {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(type.path("minItems").asInt(), MOST_ITEMS + 1); i > 0; i--) {
            array.add(value(type.path("items"), ""));
        }
        return array;
    }

    private JsonNode integer(JsonNode type) {
        long least = type.path("minimum").asLong();
        long most = type.path("maximum").asLong();
        return switch (random.nextInt(4)) {
            case 0 -> JSON.numberNode(least);
            case 1 -> JSON.numberNode(most);
            default -> JSON.numberNode(random.nextLong(least, most + 1));
        };
    }

    private JsonNode text(JsonNode type, String definition) {
        int block = counter % 60_000;
        return JSON.textNode(
                switch (definition) {
                    case "entryName" -> "n" + counter;
                    case "addressRange" -> range(block);
                    case "address" -> address(block, random.nextBoolean());
                    case "duration" -> random.nextInt(3, 1_000) + "s";
                    default -> {
                        JsonNode examples = type.path("examples");
                        yield examples.isEmpty()
                                ? "v1"
                                : examples.get(random.nextInt(examples.size())).asText();
                    }
                });
    }

    /** Blocks do not overlap, so whatever is made of different blocks does not. */
    private String range(int block) {
        String v4 = "10." + block / 256 + "." + block % 256;
        return switch (random.nextInt(5)) {
            case 0 -> v4 + ".0/24";
            case 1 -> v4 + ".64/26";
            case 2 -> v4 + ".10-" + v4 + ".20";
            case 3 -> "fd00:" + Integer.toHexString(block) + "::/112";
            default -> "fd00:" + Integer.toHexString(block) + "::7";
        };
    }

    private String address(int block, boolean v6) {
        return v6
                ? "fd01:" + Integer.toHexString(block) + "::1"
                : "172." + (16 + block / 4096 % 16) + "." + block / 256 % 256 + "." + (block % 254 + 1);
    }

    /** What must hold between fields and entries and cannot be said in a schema. */
    private final class Mending {
        private final ObjectNode document;

        Mending(ObjectNode document) {
            this.document = document;
        }

        void mend() {
            document.path("bgpPeers").forEach(peer -> peer((ObjectNode) peer));
            document.path("bgpAdvertisements").forEach(bgp -> advertisement((ObjectNode) bgp));
            uniqueNames(document.path("communities"));
            JsonNode reservations = document.path("reservations");
            int number = 0;
            for (JsonNode reservation : reservations) {
                ArrayNode addresses = ((ObjectNode) reservation).putArray("addresses");
                addresses.add("172.31.0." + ++number).add("fd02::" + number);
            }
        }

        private void uniqueNames(JsonNode entries) {
            for (JsonNode entry : entries) {
                ((ObjectNode) entry).put("name", "N_" + counter++);
            }
        }

        private void peer(ObjectNode peer) {
            counter++;
            boolean v6 = peer.path("peerAddress").asText().contains(":");
            if (peer.path("peerAddress").isTextual()) {
                peer.put("peerAddress", address(counter, v6));
            } else {
                peer.put("interface", "i" + counter);
            }
            if (peer.path("sourceAddress").isTextual()) {
                peer.put("sourceAddress", address(counter + 1, v6));
            }
            if (peer.path("routerID").isTextual()) {
                peer.put("routerID", "1.2.3.4");
            }
            if (peer.path("keepaliveTime").isTextual()) {
                peer.remove("holdTime");
            }
            boolean internal = peer.path("peerASN").equals(peer.path("myASN"))
                    || peer.path("dynamicASN").asText().equals("internal");
            if (internal) {
                peer.remove(List.of("ebgpMultiHop", "localASN", "role"));
            }
            JsonNode profiles = document.path("bfdProfiles");
            if (peer.has("bfdProfile") && !profiles.isEmpty()) {
                peer.set("bfdProfile", profiles.get(0).path("name"));
            } else {
                peer.remove("bfdProfile");
            }
        }

        private void advertisement(ObjectNode bgp) {
            boolean aggregates = bgp.path("aggregationLength").asInt(32) < 32
                    || bgp.path("aggregationLengthV6").asInt(128) < 128;
            if (aggregates) {
                bgp.putArray("ipAddressPools").add("no-such-pool");
                bgp.remove("ipAddressPoolSelectors");
            }
        }
    }
}
