package dev.clarion.config;

import java.util.Comparator;

/**
 * One thing wrong with a configuration, told to the person who wrote it.
 *
 * @param severity whether the entry is applied nevertheless
 * @param reason what kind of trouble
 * @param origin the object that says it
 * @param object the entry, as {@code ipAddressPools/lan}, or by position if its name cannot be read, as {@code
 *     ipAddressPools[0]}; empty if the problem is of the whole document
 * @param path where in the object, as {@code ipAddressPools[0].addresses[1]}, or in a resource as {@code
 *     spec.addresses[1]}; empty for the whole document
 * @param line line within the YAML text (for our ConfigMap the value of {@code config.yaml}), from 1; 0 if no place can
 *     be told, as in resources
 * @param column column in that line, from 1; 0 if no place can be told
 * @param message what is wrong and what to do; one line, free of control characters
 */
public record Problem(
        Severity severity,
        ProblemReason reason,
        Origin origin,
        String object,
        String path,
        int line,
        int column,
        String message) {
    /** Source by source, and within a text from its beginning; objects of one source in the order given. */
    static final Comparator<Problem> IN_ORDER = Comparator.comparing(
                    (Problem problem) -> problem.origin().source())
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column);

    /**
     * A line fit for a log: {@code config.yaml:12:7 ipAddressPools/lan addresses[1]: host bits set; ...}, or {@code
     * IPAddressPool metallb-system/lan spec.addresses[1]: host bits set; ...}.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                origin.source() == Source.CONFIG_MAP ? Names.CONFIG_KEY : Shown.text(origin.toString(), 200));
        if (line > 0) {
            text.append(':').append(line).append(':').append(column);
        }
        boolean resource = origin.source() == Source.RESOURCE;
        String within = resource ? path : within();
        if (!object.isEmpty() && !resource) {
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
