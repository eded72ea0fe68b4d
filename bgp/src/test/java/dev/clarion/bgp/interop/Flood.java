package dev.clarion.bgp.interop;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The routes that a router floods us with: /24s from 10.0.0.0 on. */
final class Flood {
    private static final int FIRST = 10 << 24;

    private Flood() {}

    static Stream<Prefix> prefixes(int count) {
        return IntStream.range(0, count).mapToObj(i -> Prefix.containing(Ip.ofV4(FIRST + (i << 8)), 24));
    }
}
