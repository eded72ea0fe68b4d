package dev.clarion.allocation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.clarion.net.Ip;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A shard as the data of a ConfigMap: one key per address, its value one line of JSON that a person can read.
 *
 * <pre>
 * {"ip":"192.168.50.200","holder":"shop/web","uid":"8d1c","pool":"lan","since":"2026-07-01T10:00:00Z"}
 * {"ip":"192.168.50.201","pool":"lan","holders":[{"holder":"shop/a","uid":"1","since":"...","sharing":{"key":"k",
 *     "ports":["TCP/80"]}},{"holder":"shop/b",...}]}
 * {"ip":"192.168.50.202","pool":"lan","released":"2026-07-01T10:00:00Z","last":"shop/old"}
 * </pre>
 *
 * An address of one holder is written as Clarion 0.1 wrote it, so that an upgrade rewrites nothing.
 */
public final class LedgerCodec {
    private static final JsonFactory JSON = new JsonFactory();

    private LedgerCodec() {}

    /**
     * What could be read, and what could not.
     *
     * @param shard the readable entries
     * @param problems one sentence for each key that was left out or mended
     */
    public record Read(Ledger.Shard shard, List<String> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    /** The data to store. */
    public static SortedMap<String, String> write(Iterable<? extends LedgerEntry> entries) {
        SortedMap<String, String> data = new TreeMap<>();
        for (LedgerEntry entry : entries) {
            data.put(ShardId.key(entry.ip()), line(entry));
        }
        return data;
    }

    /** Reads a stored shard; whatever people did to it, it never throws. */
    public static Read read(ShardId id, String version, Map<String, String> data) {
        TreeMap<Ip, LedgerEntry> entries = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        new TreeMap<>(data).forEach((key, value) -> {
            try {
                LedgerLine line = LedgerLine.parse(value);
                LedgerEntry entry = line.entry();
                if (!ShardId.key(entry.ip()).equals(key) || !id.network().contains(entry.ip())) {
                    problems.add(id + ": the entry under the key " + Words.cut(key) + " is about " + entry.ip());
                } else {
                    entries.put(entry.ip(), entry);
                    line.problems().forEach(problem -> problems.add(id + ": " + problem));
                }
            } catch (IOException | DateTimeException | IllegalArgumentException unreadable) {
                problems.add(id + ": the entry " + Words.cut(key) + " cannot be read: " + firstLine(unreadable));
            }
        });
        return new Read(new Ledger.Shard(id, Optional.of(version), entries, problems), problems);
    }

    private static String firstLine(Exception failure) {
        return Words.cut(
                String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
    }

    private static String line(LedgerEntry entry) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("ip", entry.ip().toString());
            switch (entry) {
                case LedgerEntry.Held held
                when held.holders().size() == 1 -> holder(json, held.holders().getFirst(), Optional.of(held.pool()));
                case LedgerEntry.Held held -> {
                    json.writeStringField("pool", held.pool());
                    json.writeArrayFieldStart("holders");
                    for (Holder holder : held.holders()) {
                        json.writeStartObject();
                        holder(json, holder, Optional.empty());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                }
                case LedgerEntry.Resting resting -> {
                    json.writeStringField("pool", resting.pool());
                    json.writeStringField("released", resting.released().toString());
                    json.writeStringField("last", resting.last().toString());
                }
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void holder(JsonGenerator json, Holder holder, Optional<String> pool) throws IOException {
        json.writeStringField("holder", holder.service().toString());
        json.writeStringField("uid", holder.uid());
        if (pool.isPresent()) {
            json.writeStringField("pool", pool.get());
        }
        json.writeStringField("since", holder.since().toString());
        if (holder.confirmed().isPresent()) {
            json.writeStringField("confirmed", holder.confirmed().get().toString());
        }
        if (holder.terms().isPresent()) {
            SharingTerms terms = holder.terms().get();
            json.writeObjectFieldStart("sharing");
            json.writeStringField("key", terms.key());
            list(json, "ports", terms.ports());
            if (!terms.backend().isEmpty()) {
                json.writeStringField("backend", terms.backend());
            }
            list(json, "namespaces", terms.namespaces());
            json.writeEndObject();
        }
    }

    private static void list(JsonGenerator json, String name, List<?> items) throws IOException {
        if (!items.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (Object item : items) {
                json.writeString(item.toString());
            }
            json.writeEndArray();
        }
    }
}
