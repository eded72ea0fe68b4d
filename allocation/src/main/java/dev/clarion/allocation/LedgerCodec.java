package dev.clarion.allocation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.clarion.net.Ip;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A shard as the data of a ConfigMap: one key per address, its value one line of JSON that a person can read, such as
 * {@code {"ip":"192.168.50.200","holder":"shop/web","uid":"...","pool":"lan","since":"2026-07-01T10:00:00Z"}}.
 */
public final class LedgerCodec {
    private static final JsonFactory JSON = new JsonFactory();

    private LedgerCodec() {}

    /**
     * What could be read, and what could not.
     *
     * @param shard the readable entries
     * @param problems one sentence for each key that was left out; it is dropped with the next write of the shard, and
     *     the holder's status brings the entry back
     */
    public record Read(Ledger.Shard shard, List<String> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    /** The data to store. */
    public static SortedMap<String, String> write(Iterable<LedgerEntry> entries) {
        SortedMap<String, String> data = new TreeMap<>();
        for (LedgerEntry entry : entries) {
            data.put(ShardId.key(entry.ip()), line(entry));
        }
        return data;
    }

    /** Reads a stored shard; whatever people did to it, it never throws. */
    public static Read read(ShardId id, String version, Map<String, String> data) {
        SortedMap<String, String> sorted = new TreeMap<>(data);
        TreeMap<Ip, LedgerEntry> entries = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        sorted.forEach((key, value) -> {
            try {
                LedgerEntry entry = entry(value);
                if (!ShardId.key(entry.ip()).equals(key) || !id.network().contains(entry.ip())) {
                    problems.add(id + ": the entry under the key " + key + " is about " + entry.ip());
                } else {
                    entries.put(entry.ip(), entry);
                }
            } catch (IOException | DateTimeException | IllegalArgumentException unreadable) {
                problems.add(id + ": the entry " + key + " cannot be read: " + firstLine(unreadable));
            }
        });
        return new Read(new Ledger.Shard(id, Optional.of(version), entries), problems);
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static String line(LedgerEntry entry) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("ip", entry.ip().toString());
            json.writeStringField("holder", entry.holder().toString());
            json.writeStringField("uid", entry.uid());
            json.writeStringField("pool", entry.pool());
            json.writeStringField("since", entry.since().toString());
            if (entry.confirmed().isPresent()) {
                json.writeStringField("confirmed", entry.confirmed().get().toString());
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static LedgerEntry entry(String line) throws IOException {
        Map<String, String> fields = fields(line);
        return new LedgerEntry(
                Ip.parse(field(fields, "ip")),
                ServiceKey.parse(field(fields, "holder")),
                field(fields, "uid"),
                field(fields, "pool"),
                Instant.parse(field(fields, "since")),
                Optional.ofNullable(fields.get("confirmed")).map(Instant::parse));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("no field \"" + name + "\"");
        }
        return value;
    }

    private static Map<String, String> fields(String line) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    fields.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        }
        return fields;
    }
}
