package dev.clarion.config;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Writes block YAML of one fixed shape: whatever has nothing in it is left out. */
final class YamlWriter {
    /** Plain in YAML, and text to every YAML reader; all else is quoted. */
    private static final Pattern PLAIN = Pattern.compile("[a-z][-a-z0-9]*|[0-9]+\\.[0-9]+\\.[0-9]+\\.[-./0-9]+");
    /** A time, which begins with a digit and is text nevertheless. */
    private static final Pattern TIME = Pattern.compile("[0-9]+[hms]");

    private static final Set<String> NOT_TEXT = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final StringBuilder yaml;
    private final String indent;
    /** What the next key is written after: the dash of an item, if it is the first. */
    private String lead;

    private YamlWriter(StringBuilder yaml, String indent, String lead) {
        this.yaml = yaml;
        this.indent = indent;
        this.lead = lead;
    }

    /** Writes keys of the top level. */
    static YamlWriter to(StringBuilder yaml) {
        return new YamlWriter(yaml, "", "");
    }

    /** A value that needs no quotes: a number, or true or false. */
    YamlWriter plain(String key, Object value) {
        yaml.append(lead).append(key).append(": ").append(value).append('\n');
        lead = indent;
        return this;
    }

    YamlWriter text(String key, Object value) {
        return plain(key, scalar(value.toString()));
    }

    /** A list of texts. */
    YamlWriter texts(String key, Collection<?> values) {
        if (!values.isEmpty()) {
            open(key);
            values.forEach(value -> yaml.append(indent)
                    .append("- ")
                    .append(scalar(value.toString()))
                    .append('\n'));
        }
        return this;
    }

    /** A list of mappings; an empty one is written as such. */
    <T> YamlWriter items(String key, List<T> values, BiConsumer<T, YamlWriter> write) {
        if (values.isEmpty()) {
            return plain(key, "[]");
        }
        open(key);
        for (T value : values) {
            StringBuilder item = new StringBuilder();
            write.accept(value, new YamlWriter(item, indent + "  ", indent + "- "));
            yaml.append(item.isEmpty() ? indent + "- {}\n" : item);
        }
        return this;
    }

    /** As {@link #items}, but an empty list is left out. */
    <T> YamlWriter itemsIfAny(String key, List<T> values, BiConsumer<T, YamlWriter> write) {
        return values.isEmpty() ? this : items(key, values, write);
    }

    /** A mapping; one without anything in it is written as such. */
    YamlWriter mapping(String key, Consumer<YamlWriter> write) {
        StringBuilder inner = new StringBuilder();
        write.accept(new YamlWriter(inner, indent + "  ", indent + "  "));
        if (inner.isEmpty()) {
            return plain(key, "{}");
        }
        open(key);
        yaml.append(inner);
        return this;
    }

    private void open(String key) {
        yaml.append(lead).append(key).append(":\n");
        lead = indent;
    }

    /** A text as YAML has it, quoted where it needs to be. */
    static String scalar(String text) {
        if ((PLAIN.matcher(text).matches() && !NOT_TEXT.contains(text))
                || TIME.matcher(text).matches()) {
            return text;
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
