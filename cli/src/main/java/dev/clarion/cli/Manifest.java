package dev.clarion.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.clarion.config.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the configuration in what was given: the text itself, or ConfigMaps in one or several manifests. */
final class Manifest {
    private final JsonParser parser;
    private final List<String> lines;
    private final List<ConfigText> found = new ArrayList<>();
    private boolean isManifest;

    private Manifest(JsonParser parser, List<String> lines) {
        this.parser = parser;
        this.lines = lines;
    }

    /** The configurations in the text; none if it is a manifest without one. */
    static List<ConfigText> configurations(String text) {
        try (JsonParser parser = new YAMLFactory().createParser(text)) {
            Manifest manifest = new Manifest(parser, text.lines().toList());
            manifest.read();
            return manifest.isManifest ? manifest.found : List.of(ConfigText.bare(text));
        } catch (IOException notYaml) {
            // The reader of configurations says what is wrong with it, and where.
            return List.of(ConfigText.bare(text));
        }
    }

    private void read() throws IOException {
        int depth = 0;
        String topKey = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.FIELD_NAME && depth == 1) {
                topKey = parser.currentName();
                isManifest |= topKey.equals("kind");
            } else if (isConfigValue(token, depth, topKey)) {
                found.add(ConfigText.within(
                        parser.getText(),
                        lines,
                        parser.currentTokenLocation().getLineNr(),
                        parser.currentTokenLocation().getColumnNr()));
            }
        }
    }

    private boolean isConfigValue(JsonToken token, int depth, String topKey) throws IOException {
        return token == JsonToken.VALUE_STRING
                && depth == 2
                && topKey.equals("data")
                && Names.CONFIG_KEY.equals(parser.currentName());
    }
}
