package dev.clarion.config;

import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** Objects as JSON libraries have them, from YAML, which reads better in a test. */
final class Trees {
    private Trees() {}

    static Map<String, Object> mapping(String yaml) {
        return strings(new Yaml().load(new StringReader(yaml)));
    }

    /** The mapping with text for keys; an empty one if it is none. */
    static Map<String, Object> strings(@Nullable Object tree) {
        Map<String, Object> mapping = new TreeMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> mapping.put(String.valueOf(key), value));
        }
        return mapping;
    }
}
