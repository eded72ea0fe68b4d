package dev.clarion.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The object that says something.
 *
 * @param source what kind of source it is
 * @param kind its kind, as {@code IPAddressPool}
 * @param namespace its namespace; empty if that goes without saying
 * @param name its name
 */
public record Origin(Source source, String kind, String namespace, String name) {
    /** Our own ConfigMap, wherever Clarion is installed. */
    public static final Origin CONFIG_MAP = new Origin(Source.CONFIG_MAP, "ConfigMap", "", Names.CONFIG_MAP);

    private static final Pattern TEXT =
            Pattern.compile("(\\S+) ([A-Za-z0-9]+) (?:([-a-z0-9.]{1,253})/)?([-a-z0-9.]{1,253})");

    /** As messages name it: {@code IPAddressPool metallb-system/lan}. */
    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }

    /** As the published configuration writes it; {@link #parse} reads it back. */
    String text() {
        return equals(CONFIG_MAP) ? source.text() : source.text() + " " + this;
    }

    static Optional<Origin> parse(String text) {
        if (text.equals(CONFIG_MAP.source.text())) {
            return Optional.of(CONFIG_MAP);
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        for (Source source : Source.values()) {
            if (source.text().equals(matcher.group(1))) {
                String namespace = Optional.ofNullable(matcher.group(3)).orElse("");
                return Optional.of(new Origin(source, matcher.group(2), namespace, matcher.group(4)));
            }
        }
        return Optional.empty();
    }
}
