package dev.clarion.telemetry;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The pages that every program serves. */
final class Pages {
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    private Pages() {}

    /** Lists every check with what is wrong; 200 if nothing is, else 503. */
    static Page checks(List<HealthCheck> checks) {
        return headers -> {
            StringBuilder text = new StringBuilder();
            boolean healthy = true;
            for (HealthCheck check : checks) {
                Optional<String> problem = check.ask();
                healthy &= problem.isEmpty();
                text.append(problem.isEmpty() ? "ok       " : "problem  ").append(check.name());
                problem.ifPresent(what -> text.append(": ").append(what));
                text.append('\n');
            }
            text.append(healthy ? "ok\n" : "not ok\n");
            return Page.Body.text(healthy ? 200 : 503, text.toString());
        };
    }

    static Page json(Supplier<String> state) {
        return headers -> new Page.Body(200, "application/json", state.get().getBytes(StandardCharsets.UTF_8));
    }

    /** In the format that the scraper accepts. */
    static Page metrics(PrometheusRegistry registry) {
        return headers -> {
            ExpositionFormatWriter writer = FORMATS.findWriter(headers.getFirst("Accept"));
            ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);
            try {
                writer.write(out, registry.scrape());
            } catch (IOException cannotBe) {
                throw new UncheckedIOException(cannotBe);
            }
            return new Page.Body(200, writer.getContentType(), out.toByteArray());
        };
    }
}
