package dev.clarion.bgp.interop;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The routes that a router floods us with: /24s from 10.0.0.0 on. */
final class Flood {
    static final int ROUTES = 20_000;

    private static final int FIRST = 10 << 24;

    private Flood() {}

    static Stream<Prefix> prefixes() {
        return IntStream.range(0, ROUTES).mapToObj(i -> Prefix.containing(Ip.ofV4(FIRST + (i << 8)), 24));
    }

    /** A line for each. */
    static String lines(Function<Prefix, String> line) {
        return prefixes().map(line).collect(Collectors.joining("\n", "", "\n"));
    }
}
