package dev.clarion.controller;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.clarion.allocation.Condition;
import dev.clarion.allocation.StatusChange;
import dev.clarion.config.Names;
import dev.clarion.net.Ip;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change of a Service's status as one merge patch (RFC 7396): addresses, condition and annotation in one write. The
 * patch replaces the list of conditions as a whole, so it carries those of others along and holds for exactly the
 * version that they were read from.
 */
final class StatusPatch {
    private static final JsonFactory JSON = new JsonFactory();

    private StatusPatch() {}

    static String of(StatusChange change, WatchedService service) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart("metadata");
            json.writeStringField("uid", change.uid());
            json.writeStringField("resourceVersion", change.resourceVersion());
            json.writeObjectFieldStart("annotations");
            json.writeStringField(
                    Names.ALLOCATED_FROM_ANNOTATION, change.allocatedFrom().orElse(null));
            json.writeEndObject();
            json.writeEndObject();
            json.writeObjectFieldStart("status");
            if (change.ingress().isPresent()) {
                ingress(json, change.ingress().get(), service.view().ipModes());
            }
            conditions(json, change.condition(), service.others());
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void ingress(JsonGenerator json, List<Ip> addresses, Map<Ip, String> modes) throws IOException {
        json.writeObjectFieldStart("loadBalancer");
        if (addresses.isEmpty()) {
            json.writeNullField("ingress");
        } else {
            json.writeArrayFieldStart("ingress");
            for (Ip ip : addresses) {
                json.writeStartObject();
                json.writeStringField("ip", ip.toString());
                // What somebody wrote stays. Else what the API server would fill in; older ones drop the field.
                json.writeStringField("ipMode", modes.getOrDefault(ip, "VIP"));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void conditions(
            JsonGenerator json, Optional<Condition> own, List<WatchedService.OtherCondition> others)
            throws IOException {
        if (own.isEmpty() && others.isEmpty()) {
            json.writeNullField("conditions");
            return;
        }
        json.writeArrayFieldStart("conditions");
        for (WatchedService.OtherCondition other : others) {
            condition(json, other);
        }
        if (own.isPresent()) {
            Condition ours = own.get();
            condition(
                    json,
                    new WatchedService.OtherCondition(
                            Names.ALLOCATED_CONDITION,
                            ours.allocated() ? "True" : "False",
                            ours.reason(),
                            ours.message(),
                            ours.observedGeneration(),
                            ours.since().toString()));
        }
        json.writeEndArray();
    }

    private static void condition(JsonGenerator json, WatchedService.OtherCondition condition) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", condition.type());
        json.writeStringField("status", condition.status());
        if (condition.observedGeneration() != 0) {
            json.writeNumberField("observedGeneration", condition.observedGeneration());
        }
        if (condition.since().isEmpty()) {
            // Somebody's condition that was stored without one: an empty text would be refused.
            json.writeNullField("lastTransitionTime");
        } else {
            json.writeStringField("lastTransitionTime", condition.since());
        }
        json.writeStringField("reason", condition.reason());
        json.writeStringField("message", condition.message());
        json.writeEndObject();
    }
}
