package dev.clarion.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code communities}, and communities wherever they are written. */
final class CommunityForm implements EntryForm<CommunityAlias> {
    static final String VALUE = "value";

    private static final List<String> FIELDS = List.of(VALUE);
    private static final Pattern STANDARD = Pattern.compile("([0-9]{1,5}):([0-9]{1,5})");
    private static final Pattern LARGE = Pattern.compile("large:([0-9]{1,10}):([0-9]{1,10}):([0-9]{1,10})");
    private static final long MOST_STANDARD = 0xffff;
    private static final long MOST_LARGE = 0xffff_ffffL;

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Optional<CommunityAlias> read(String name, FieldReader fields) {
        fields.need(List.of(VALUE));
        return fields.one(VALUE, (node, path) -> value(fields, node, path))
                .map(value -> new CommunityAlias(name, value));
    }

    /** A value, or the name of one. */
    static Optional<Community> community(FieldReader fields, Node node, String path) {
        if (node instanceof Node.Scalar scalar
                && scalar.kind() == Node.Kind.TEXT
                && scalar.text().indexOf(':') < 0) {
            return fields.name(node, path, NameRule.COMMUNITY).map(Community.Alias::new);
        }
        return value(fields, node, path).map(value -> value);
    }

    private static Optional<Community.Value> value(FieldReader fields, Node node, String path) {
        return fields.scalar(node, path, "write a community such as 64512:100").flatMap(scalar -> {
            Optional<Community.Value> value = parse(scalar.text());
            if (value.isEmpty()) {
                fields.error(
                        ProblemReason.BAD_COMMUNITY,
                        node.position(),
                        path,
                        Shown.quoted(scalar.text()) + " is no community; write a:b with numbers to 65535, or"
                                + " large:a:b:c with numbers to 4294967295");
            }
            return value;
        });
    }

    static Optional<Community.Value> parse(String text) {
        Matcher standard = STANDARD.matcher(text);
        if (standard.matches()) {
            long high = Long.parseLong(standard.group(1));
            long low = Long.parseLong(standard.group(2));
            return high <= MOST_STANDARD && low <= MOST_STANDARD
                    ? Optional.of(new Community.Standard((int) high, (int) low))
                    : Optional.empty();
        }
        Matcher large = LARGE.matcher(text);
        if (!large.matches()) {
            return Optional.empty();
        }
        long global = Long.parseLong(large.group(1));
        long first = Long.parseLong(large.group(2));
        long second = Long.parseLong(large.group(3));
        return Math.max(global, Math.max(first, second)) <= MOST_LARGE
                ? Optional.of(new Community.Large(global, first, second))
                : Optional.empty();
    }

    @Override
    public void write(CommunityAlias alias, YamlWriter yaml) {
        yaml.text(VALUE, alias.value());
    }
}
