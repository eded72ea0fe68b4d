package dev.clarion.allocation;

import dev.clarion.net.IpFamily;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Phrases that several messages share. */
final class Words {
    private static final int MOST_NAMED = 8;
    /** The longest piece of a user's text that is repeated in a message. */
    private static final int LONGEST_PIECE = 120;
    /** The longest message; Kubernetes itself takes 32 KiB in a condition and 1 KiB in an event. */
    private static final int LONGEST_MESSAGE = 1000;

    private Words() {}

    static String family(IpFamily family) {
        return switch (family) {
            case IPV4 -> "IPv4";
            case IPV6 -> "IPv6";
        };
    }

    static String list(Collection<?> things) {
        return things.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    /** The first few, and how many more there are: a message must not grow with the number of pools. */
    static String some(List<?> things) {
        if (things.size() <= MOST_NAMED) {
            return list(things);
        }
        return list(things.subList(0, MOST_NAMED)) + " and " + (things.size() - MOST_NAMED) + " more";
    }

    /** What a user wrote, short enough to be repeated. */
    static String cut(String text) {
        return cut(text, LONGEST_PIECE);
    }

    static String message(String text) {
        return cut(text, LONGEST_MESSAGE);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
