package dev.clarion.config;

/**
 * One thing wrong with a configuration, told to the person who wrote it.
 *
 * @param severity whether the entry is applied nevertheless
 * @param reason what kind of trouble
 * @param object the entry, as {@code ipAddressPools/lan}, or by position if its name cannot be read, as {@code
 *     ipAddressPools[0]}; empty if the problem is of the whole document
 * @param path where, as {@code ipAddressPools[0].addresses[1]}; empty for the whole document
 * @param line line within the value of {@code config.yaml}, from 1; 0 if no place can be told
 * @param column column in that line, from 1; 0 if no place can be told
 * @param message what is wrong and what to do; one line, free of control characters
 */
public record Problem(
        Severity severity, ProblemReason reason, String object, String path, int line, int column, String message) {

    /** A line fit for a log: {@code config.yaml:12:7 ipAddressPools/lan addresses[1]: host bits set; ...}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(Names.CONFIG_KEY);
        if (line > 0) {
            text.append(':').append(line).append(':').append(column);
        }
        String within = within();
        if (!object.isEmpty()) {
            text.append(' ').append(object);
        }
        if (!within.isEmpty()) {
            text.append(' ').append(within);
        }
        text.append(severity == Severity.WARNING ? ": warning: " : ": ").append(message);
        return text.toString();
    }

    /** The path below the entry that {@link #object} names. */
    private String within() {
        int dot = path.indexOf("].");
        return object.isEmpty() ? path : dot < 0 ? "" : path.substring(dot + 2);
    }
}
