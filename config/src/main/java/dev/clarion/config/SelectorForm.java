package dev.clarion.config;

import dev.clarion.config.LabelSelector.Operator;
import dev.clarion.config.LabelSelector.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Label selectors and labels, in the form that Kubernetes has for them. */
final class SelectorForm {
    static final String MATCH_LABELS = "matchLabels";
    static final String MATCH_EXPRESSIONS = "matchExpressions";
    static final String KEY = "key";
    static final String OPERATOR = "operator";
    static final String VALUES = "values";

    /** The part of a label's key after the slash. */
    private static final String NAME = "[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?";

    static final Pattern LABEL_KEY =
            Pattern.compile("([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?" + NAME);
    static final Pattern LABEL_VALUE = Pattern.compile("(" + NAME + ")?");

    private static final List<String> FIELDS = List.of(MATCH_LABELS, MATCH_EXPRESSIONS);
    private static final List<String> REQUIREMENT_FIELDS = List.of(KEY, OPERATOR, VALUES);

    private SelectorForm() {}

    /** A list of selectors; of equal ones, one counts. */
    static List<LabelSelector> readAll(FieldReader fields, String key) {
        return fields.distinct(key, (node, path) -> read(fields, node, path), selector -> "this selector");
    }

    static Optional<LabelSelector> read(FieldReader fields, Node node, String path) {
        return fields.mapping(node, path, FIELDS).map(inner -> {
            Map<String, String> labels = readLabels(inner, MATCH_LABELS);
            List<Requirement> requirements = inner.each(MATCH_EXPRESSIONS, (item, at) -> requirement(inner, item, at));
            return new LabelSelector(labels, requirements);
        });
    }

    /** Labels with their values. */
    static Map<String, String> readLabels(FieldReader fields, String key) {
        Map<String, String> labels = new TreeMap<>();
        Optional<Node> value = fields.value(key);
        if (value.isPresent() && value.get() instanceof Node.Mapping mapping) {
            for (Node.Field field : mapping.fields()) {
                String path = key + "." + Shown.text(field.key(), 80);
                boolean goodKey = labelKey(fields, field.position(), field.key(), path);
                Optional<String> text = labelValue(fields, field.value(), path);
                if (goodKey && text.isPresent() && labels.putIfAbsent(field.key(), text.get()) != null) {
                    String message = "a second " + Shown.quoted(field.key());
                    fields.error(ProblemReason.DUPLICATE_KEY, field.position(), path, message);
                }
            }
        } else if (value.isPresent()) {
            fields.wrongType(key, value.get(), "labels are wanted, such as 'app: web'");
        }
        return labels;
    }

    private static Optional<Requirement> requirement(FieldReader parent, Node node, String path) {
        return parent.mapping(node, path, REQUIREMENT_FIELDS).flatMap(fields -> {
            Optional<String> key = fields.one(
                    KEY,
                    (value, at) ->
                            text(fields, value, at).filter(text -> labelKey(fields, value.position(), text, at)));
            Optional<Operator> operator = fields.choice(OPERATOR, List.of(Operator.values()), Operator::text);
            List<String> values = fields.each(VALUES, (value, at) -> labelValue(fields, value, at));
            fields.need(List.of(KEY, OPERATOR));
            if (key.isEmpty() || operator.isEmpty()) {
                return Optional.empty();
            }
            boolean some = fields.value(VALUES)
                    .filter(value -> !(value instanceof Node.Sequence list
                            && list.items().isEmpty()))
                    .isPresent();
            if (operator.get().takesValues() != some) {
                fields.error(
                        ProblemReason.BAD_SELECTOR,
                        fields.position(VALUES),
                        VALUES,
                        operator.get().text() + (some ? " takes no values" : " needs at least one value"));
                return Optional.empty();
            }
            return operator.get().takesValues() == values.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Requirement(key.get(), operator.get(), values));
        });
    }

    private static boolean labelKey(FieldReader fields, Position at, String key, String path) {
        boolean good = key.length() <= 253 + 1 + 63 && LABEL_KEY.matcher(key).matches();
        if (!good) {
            fields.error(
                    ProblemReason.BAD_SELECTOR,
                    at,
                    path,
                    Shown.quoted(key) + " is no label; one looks like 'app' or 'example.com/app'");
        }
        return good;
    }

    private static Optional<String> labelValue(FieldReader fields, Node node, String path) {
        return text(fields, node, path).filter(text -> {
            boolean good = LABEL_VALUE.matcher(text).matches();
            if (!good) {
                fields.error(
                        ProblemReason.BAD_SELECTOR,
                        node.position(),
                        path,
                        Shown.quoted(text) + " is no label's value; use up to 63 letters, digits, '-', '_' and '.',"
                                + " the last three not at the ends");
            }
            return good;
        });
    }

    private static Optional<String> text(FieldReader fields, Node node, String path) {
        if (node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.TEXT) {
            return Optional.of(scalar.text());
        }
        boolean single = node instanceof Node.Scalar scalar && !scalar.text().isEmpty();
        fields.wrongType(path, node, single ? "text is wanted, put it in quotes" : "text is wanted");
        return Optional.empty();
    }

    static void writeAll(YamlWriter yaml, String key, List<LabelSelector> selectors) {
        yaml.itemsIfAny(key, selectors, SelectorForm::write);
    }

    static void write(LabelSelector selector, YamlWriter yaml) {
        writeLabels(yaml, MATCH_LABELS, selector.matchLabels());
        yaml.itemsIfAny(
                MATCH_EXPRESSIONS,
                selector.matchExpressions(),
                (requirement, item) -> item.text(KEY, requirement.key())
                        .text(OPERATOR, requirement.operator().text())
                        .texts(VALUES, requirement.values()));
    }

    static void writeLabels(YamlWriter yaml, String key, Map<String, String> labels) {
        if (!labels.isEmpty()) {
            yaml.mapping(key, inner -> labels.forEach((label, value) -> inner.text(YamlWriter.scalar(label), value)));
        }
    }
}
