package dev.clarion.controller;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.clarion.allocation.AllocationReason;
import dev.clarion.allocation.Decision;
import dev.clarion.allocation.PoolUsage;
import dev.clarion.config.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The state as {@code /state} shows it. */
final class StateJson {
    private static final JsonFactory JSON = new JsonFactory();

    private StateJson() {}

    static String of(String role, String leader, Snapshot last, List<Problem> problems, List<String> ledgerProblems) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("role", role);
            json.writeStringField("leader", leader);
            if (last.at().isAfter(Instant.EPOCH)) {
                json.writeStringField("plannedAt", last.at().toString());
            } else {
                // One who follows makes no plans.
                json.writeNullField("plannedAt");
            }
            json.writeNumberField("generation", last.config().generation());
            lines(json, "configProblems", problems);
            lines(json, "ledgerProblems", ledgerProblems);
            pools(json, last);
            json.writeObjectFieldStart("servicesByReason");
            for (Map.Entry<AllocationReason, Integer> entry :
                    ControllerMetrics.reasons(last.decisions()).entrySet()) {
                json.writeNumberField(entry.getKey().word(), entry.getValue());
            }
            json.writeEndObject();
            services(json, last.decisions());
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void lines(JsonGenerator json, String name, List<?> lines) throws IOException {
        json.writeArrayFieldStart(name);
        for (Object line : lines) {
            json.writeString(line.toString());
        }
        json.writeEndArray();
    }

    private static void pools(JsonGenerator json, Snapshot last) throws IOException {
        json.writeArrayFieldStart("pools");
        for (PoolUsage usage : PoolUsage.of(last.config().config(), last.ledger(), last.at())) {
            json.writeStartObject();
            json.writeStringField("pool", usage.pool());
            json.writeStringField("family", usage.family().name());
            json.writeNumberField("total", usage.total());
            json.writeNumberField("assigned", usage.assigned());
            json.writeNumberField("available", usage.available());
            json.writeNumberField("resting", usage.resting());
            json.writeNumberField("retained", usage.retained());
            json.writeNumberField("reserved", usage.reserved());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Those that are ours: what each has, or why it has none. */
    private static void services(JsonGenerator json, List<Decision> decisions) throws IOException {
        json.writeArrayFieldStart("services");
        for (Decision decision : decisions) {
            if (!(decision instanceof Decision.NotOurs)) {
                json.writeStartObject();
                json.writeStringField("service", decision.service().toString());
                json.writeStringField("decision", decision.getClass().getSimpleName());
                json.writeStringField("reason", decision.reason().word());
                json.writeStringField("message", decision.message());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }
}
