package dev.clarion.speaker;

import dev.clarion.config.ConfigException;
import dev.clarion.config.EffectiveConfig;
import dev.clarion.config.EffectiveYaml;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The effective configuration as last read. What cannot be read, or has vanished, leaves the last one in force: only
 * the controller takes something out of force, by publishing a configuration without it.
 */
final class EffectiveSource {
    private static final Logger LOG = LoggerFactory.getLogger(EffectiveSource.class);

    private EffectiveConfig current = EffectiveConfig.NONE;
    private @Nullable String text;
    private volatile Optional<String> problem = Optional.empty();

    /** @param published the text of the ConfigMap, if there is one */
    EffectiveConfig read(Optional<String> published) {
        String now = published.orElse(null);
        if (now != null && !now.equals(text)) {
            text = now;
            parse(now);
        }
        return current;
    }

    private void parse(String now) {
        try {
            current = EffectiveYaml.read(now);
            problem = Optional.empty();
            LOG.atInfo().addKeyValue("generation", current.generation()).log("effective configuration read");
        } catch (ConfigException unreadable) {
            problem = Optional.of("the effective configuration cannot be read, generation " + current.generation()
                    + " stays in force: " + unreadable.getMessage());
            LOG.error("{}", problem.get());
        }
    }

    /** What is wrong with what was published last. */
    Optional<String> problem() {
        return problem;
    }
}
