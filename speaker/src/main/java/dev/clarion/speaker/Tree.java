package dev.clarion.speaker;

import java.util.Collection;
import java.util.Map;

/**
 * Writes trees of maps, collections, strings, numbers and booleans as JSON, for programs, and as YAML, for people.
 * Every string is quoted in JSON's way, which YAML reads alike.
 */
final class Tree {
    private final StringBuilder out = new StringBuilder(1024);

    private Tree() {}

    static String json(Object tree) {
        Tree text = new Tree();
        text.flow(tree);
        return text.out.toString();
    }

    /** @param tree a map or a collection */
    static String yaml(Object tree) {
        Tree text = new Tree();
        text.block(tree, "", "");
        return text.out.toString();
    }

    private void flow(Object node) {
        String separator = "";
        if (node instanceof Map<?, ?> map) {
            out.append('{');
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                string(String.valueOf(entry.getKey()));
                out.append(':');
                flow(entry.getValue());
                separator = ",";
            }
            out.append('}');
        } else if (node instanceof Collection<?> list) {
            out.append('[');
            for (Object item : list) {
                out.append(separator);
                flow(item);
                separator = ",";
            }
            out.append(']');
        } else {
            scalar(node);
        }
    }

    /**
     * @param first what the first line begins with, where a list's dash already stands
     * @param indent what the other lines begin with
     */
    private void block(Object node, String first, String indent) {
        String lead = first;
        if (node instanceof Map<?, ?> map && !map.isEmpty()) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(lead).append(entry.getKey()).append(':');
                below(entry.getValue(), indent);
                lead = indent;
            }
        } else if (node instanceof Collection<?> list && !list.isEmpty()) {
            for (Object item : list) {
                block(item, lead + "- ", indent + "  ");
                lead = indent;
            }
        } else {
            out.append(first);
            flow(node);
            out.append('\n');
        }
    }

    private void below(Object value, String indent) {
        boolean nested = (value instanceof Map<?, ?> map && !map.isEmpty())
                || (value instanceof Collection<?> list && !list.isEmpty());
        out.append(nested ? "\n" : " ");
        if (!nested) {
            block(value, "", "");
        } else if (value instanceof Map<?, ?>) {
            block(value, indent + "  ", indent + "  ");
        } else {
            block(value, indent, indent);
        }
    }

    private void scalar(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            string(String.valueOf(value));
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7f) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
