package dev.clarion.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A configuration, and where in a file it stands.
 *
 * @param yaml the text
 * @param firstLine the line of the file that its first line is on, from 1
 * @param indent how many columns its lines are moved to the right
 * @param exact whether lines and columns follow from these two; if not, only the place where the text begins is known
 */
record ConfigText(String yaml, int firstLine, int indent, boolean exact) {
    /** A file that is nothing but configuration. */
    static ConfigText bare(String yaml) {
        return new ConfigText(yaml, 1, 0, true);
    }

    /**
     * The value of a key in a manifest.
     *
     * @param lines all lines of the file
     * @param line where the value begins, from 1
     * @param column where the value begins, from 1
     */
    static ConfigText within(String yaml, List<String> lines, int line, int column) {
        String first = line <= lines.size() ? lines.get(line - 1) : "";
        boolean literal = column <= first.length() && first.charAt(column - 1) == '|';
        return literal
                ? new ConfigText(yaml, line + 1, indentAfter(lines, line), true)
                : new ConfigText(yaml, line, column, false);
    }

    private static int indentAfter(List<String> lines, int line) {
        return new ArrayList<>(lines.subList(line, lines.size()))
                .stream()
                        .filter(text -> !text.isBlank())
                        .findFirst()
                        .map(text -> text.length() - text.stripLeading().length())
                        .orElse(0);
    }

    /** A place in the file, as {@code line:column}. */
    String place(int line, int column) {
        if (line == 0) {
            return firstLine + ":1";
        }
        return exact
                ? (firstLine + line - 1) + ":" + (indent + column)
                : firstLine + ":" + indent + " (config.yaml:" + line + ":" + column + ")";
    }
}
