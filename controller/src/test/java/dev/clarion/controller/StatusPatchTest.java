package dev.clarion.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clarion.allocation.Condition;
import dev.clarion.allocation.ServiceKey;
import dev.clarion.allocation.ServiceView;
import dev.clarion.allocation.StatusChange;
import dev.clarion.net.Ip;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The one patch of a Service: what it says, and what it leaves as it is. */
class StatusPatchTest {
    private static final ServiceKey WEB = ServiceKey.parse("shop/web");
    private static final Ip FOUR = Ip.parse("10.0.0.1");
    private static final Ip SIX = Ip.parse("fd00::1");

    private static JsonNode patch(Optional<List<Ip>> ingress, Map<Ip, String> modes, String since) throws IOException {
        ServiceView view = ServiceView.builder(WEB, "uid", "7").ipModes(modes).build();
        WatchedService.OtherCondition foreign =
                new WatchedService.OtherCondition("example.com/Ready", "True", "Fine", "all well", 0, since);
        StatusChange change = new StatusChange(
                WEB,
                "uid",
                "7",
                ingress,
                Optional.of(new Condition(true, "Allocated", "10.0.0.1", 3, Instant.parse("2026-07-01T10:00:00Z"))),
                Optional.of("lan"),
                Set.of(),
                Optional.empty());
        return new JsonMapper().readTree(StatusPatch.of(change, new WatchedService(view, List.of(foreign))));
    }

    @Test
    void itIsBoundToTheServiceAndVersionThatWasSeen() throws IOException {
        JsonNode meta = patch(Optional.of(List.of(FOUR)), Map.of(), "").path("metadata");

        assertThat(meta.path("uid").asText()).isEqualTo("uid");
        assertThat(meta.path("resourceVersion").asText()).isEqualTo("7");
    }

    /** {@code ipMode: Proxy} that somebody set is theirs; the API server takes an ingress as a whole. */
    @Test
    void theIpModeThatSomebodySetStaysAndAnyOtherIsVip() throws IOException {
        JsonNode ingress = patch(Optional.of(List.of(FOUR, SIX)), Map.of(SIX, "Proxy"), "")
                .path("status")
                .path("loadBalancer")
                .path("ingress");

        assertThat(ingress.path(0).path("ipMode").asText()).isEqualTo("VIP");
        assertThat(ingress.path(1).path("ipMode").asText()).isEqualTo("Proxy");
    }

    @Test
    void addressesThatDoNotChangeAreNotInIt() throws IOException {
        assertThat(patch(Optional.empty(), Map.of(), "").path("status").has("loadBalancer"))
                .isFalse();
        assertThat(patch(Optional.of(List.of()), Map.of(), "")
                        .path("status")
                        .path("loadBalancer")
                        .path("ingress")
                        .isNull())
                .isTrue();
    }

    /** An empty text would be refused, and with it the whole patch. */
    @Test
    void aConditionOfOthersIsKeptAndItsMissingTimeIsNull() throws IOException {
        JsonNode conditions =
                patch(Optional.empty(), Map.of(), "").path("status").path("conditions");

        assertThat(conditions.path(0).path("type").asText()).isEqualTo("example.com/Ready");
        assertThat(conditions.path(0).path("lastTransitionTime").isNull()).isTrue();
        assertThat(conditions.path(1).path("type").asText()).isEqualTo("clarion.dev/Allocated");

        assertThat(patch(Optional.empty(), Map.of(), "2026-07-01T09:00:00Z")
                        .path("status")
                        .path("conditions")
                        .path(0)
                        .path("lastTransitionTime")
                        .asText())
                .isEqualTo("2026-07-01T09:00:00Z");
    }
}
