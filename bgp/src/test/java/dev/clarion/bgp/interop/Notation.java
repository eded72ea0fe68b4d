package dev.clarion.bgp.interop;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Brings what daemons print about a route into one notation. */
final class Notation {
    private Notation() {}

    /** A standard or large community; the well-known ones have names, and every daemon has its own. */
    static String community(String printed) {
        String name = printed.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
        return switch (name) {
            case "gracefulshutdown" -> "65535:0";
            case "noexport" -> "65535:65281";
            case "noadvertise" -> "65535:65282";
            default -> printed.replaceAll("[() ]", "").replace(',', ':');
        };
    }

    /** An extended community with its type in letters. */
    static String extended(String printed) {
        return printed.toLowerCase(Locale.ROOT).replaceAll("[()]", "").replaceAll("[, ]+", ":");
    }

    static List<Long> asPath(String printed) {
        return Arrays.stream(printed.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .map(Long::valueOf)
                .toList();
    }
}
