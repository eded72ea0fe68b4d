package dev.clarion.bgp.interop;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings what daemons print about a route into one notation. */
final class Notation {
    /** As BIRD and OpenBGPD print what they have no word for. */
    private static final Pattern BANDWIDTH_AS_NUMBER = Pattern.compile("(?:unknown:0x4|\\[4]):(\\d+):(\\d+)");

    private static final Pattern BANDWIDTH_OF_FRR = Pattern.compile("^lb:");

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
        String one = printed.toLowerCase(Locale.ROOT).replaceAll("[()]", "").replaceAll("[, ]+", ":");
        Matcher number = BANDWIDTH_AS_NUMBER.matcher(one);
        return number.matches()
                ? bandwidth(number.group(1), (long) Float.intBitsToFloat(Integer.parseUnsignedInt(number.group(2))))
                : BANDWIDTH_OF_FRR.matcher(one).replaceFirst("bandwidth:");
    }

    /** The bandwidth of a link in octets per second, with the AS that says so. */
    static String bandwidth(String as, long octets) {
        return "bandwidth:" + as + ":" + octets;
    }

    static List<Long> asPath(String printed) {
        return Arrays.stream(printed.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .map(Long::valueOf)
                .toList();
    }
}
