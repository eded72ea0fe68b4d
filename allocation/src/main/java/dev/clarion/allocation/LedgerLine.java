package dev.clarion.allocation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.clarion.net.Ip;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the ledger, read.
 *
 * @param entry what it says
 * @param problems which holders were left out because they cannot have the address together with the others
 */
record LedgerLine(LedgerEntry entry, List<String> problems) {
    private static final JsonFactory JSON = new JsonFactory();

    /** The fields of one JSON object, by kind; what is of no kind we know is passed over. */
    private static final class Fields {
        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, Fields> objects = new HashMap<>();
        private final Map<String, List<String>> lists = new HashMap<>();
        private final Map<String, List<Fields>> tables = new HashMap<>();

        private String text(String name) {
            String value = texts.get(name);
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException("no field \"" + name + "\"");
            }
            return value;
        }

        private Optional<String> optional(String name) {
            return Optional.ofNullable(texts.get(name));
        }

        private List<String> list(String name) {
            return lists.getOrDefault(name, List.of());
        }
    }

    static LedgerLine parse(String line) throws IOException {
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            return of(object(json));
        }
    }

    private static LedgerLine of(Fields fields) {
        Ip ip = Ip.parse(fields.text("ip"));
        String pool = fields.text("pool");
        Optional<String> released = fields.optional("released");
        if (released.isPresent()) {
            ServiceKey last = ServiceKey.parse(fields.text("last"));
            return new LedgerLine(new LedgerEntry.Resting(ip, pool, last, Instant.parse(released.get())), List.of());
        }
        List<Fields> several = fields.tables.get("holders");
        if (several == null) {
            return new LedgerLine(LedgerEntry.Held.by(ip, pool, holder(fields)), List.of());
        }
        List<Holder> holders = new ArrayList<>();
        for (Fields one : several) {
            holders.add(holder(one));
        }
        return shared(ip, pool, holders);
    }

    /** Of holders that do not agree, those who came first stay. */
    private static LedgerLine shared(Ip ip, String pool, List<Holder> holders) {
        List<Holder> kept = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        holders.stream().sorted(Holder.ORDER).forEach(holder -> {
            Optional<String> refusal = kept.stream()
                    .flatMap(earlier -> earlier.isSameAs(holder)
                            ? Optional.of("it is named twice").stream()
                            : earlier.refuses(holder.service(), holder.terms()).map(SharingRefusal::facts).stream())
                    .findFirst();
            refusal.ifPresent(why ->
                    problems.add("the holder " + holder.service() + " of " + ip + " is left out: " + Words.cut(why)));
            if (refusal.isEmpty()) {
                kept.add(holder);
            }
        });
        return new LedgerLine(new LedgerEntry.Held(ip, pool, kept), problems);
    }

    private static Holder holder(Fields fields) {
        return new Holder(
                ServiceKey.parse(fields.text("holder")),
                fields.text("uid"),
                Instant.parse(fields.text("since")),
                fields.optional("confirmed").map(Instant::parse),
                Optional.ofNullable(fields.objects.get("sharing")).map(LedgerLine::terms));
    }

    private static SharingTerms terms(Fields fields) {
        return new SharingTerms(
                fields.text("key"),
                fields.list("ports").stream().map(ServicePort::parse).toList(),
                fields.optional("backend").orElse(""),
                fields.list("namespaces"));
    }

    private static Fields object(JsonParser json) throws IOException {
        Fields fields = new Fields();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            if (token == JsonToken.VALUE_STRING) {
                fields.texts.put(name, json.getText());
            } else if (token == JsonToken.START_OBJECT) {
                fields.objects.put(name, object(json));
            } else if (token == JsonToken.START_ARRAY) {
                array(json, name, fields);
            }
        }
        return fields;
    }

    private static void array(JsonParser json, String name, Fields into) throws IOException {
        List<String> texts = new ArrayList<>();
        List<Fields> objects = new ArrayList<>();
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY && token != null;
                token = json.nextToken()) {
            if (token == JsonToken.VALUE_STRING) {
                texts.add(json.getText());
            } else if (token == JsonToken.START_OBJECT) {
                objects.add(object(json));
            } else if (token == JsonToken.START_ARRAY) {
                json.skipChildren();
            }
        }
        into.lists.put(name, texts);
        if (!objects.isEmpty()) {
            into.tables.put(name, objects);
        }
    }
}
