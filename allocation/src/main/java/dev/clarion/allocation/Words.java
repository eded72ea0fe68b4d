package dev.clarion.allocation;

import dev.clarion.net.IpFamily;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Phrases that several messages share. */
final class Words {
    private static final int MOST_NAMED = 8;

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
}
