package dev.clarion.bgp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Runs in the sandbox of {@link SegmentsIT}: says what is found out about connections, one line each. */
final class SegmentsScenario {
    private static final List<List<String>> CONNECTIONS = List.of(
            List.of("192.168.50.11", "192.168.50.254"),
            List.of("192.168.50.11", "203.0.113.1"),
            List.of("fd50::11", "fd50::1"),
            List.of("fd50::11", "2001:db8::1"),
            List.of("fe80::11%eth0", "fe80::1%eth0"),
            List.of("198.51.100.9", "198.51.100.10"),
            List.of("127.0.0.1", "127.0.0.1"),
            List.of("192.0.2.1", "192.0.2.2"));

    private SegmentsScenario() {}

    public static void main(String[] args) throws IOException {
        for (List<String> ends : CONNECTIONS) {
            Segment segment = Segments.of(address(ends.get(0)), address(ends.get(1)));
            IO.println(ends.get(0) + " " + ends.get(1) + " " + segment);
        }
    }

    private static InetSocketAddress address(String literal) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(literal), 179);
    }
}
