package dev.clarion.bench.bgp;

import dev.clarion.bench.lab.Lab;
import dev.clarion.bench.lab.Watcher;
import dev.clarion.net.IpFamily;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The lab's router: FRR, and its kernel. */
record Router(Lab lab, Path directory) {
    private static final Pattern ESTABLISHED =
            Pattern.compile("\"([0-9a-f.:]+)\"\\s*:\\s*\\{[^{}]*?\"state\"\\s*:\\s*\"Established\"");
    private static final Pattern STAMP = Pattern.compile("^\\[(\\S+)\\]");

    /** What it needs for these. */
    void settings(Settings settings) {
        if (settings.peers() > 2) {
            for (IpFamily family : IpFamily.values()) {
                String length = family == IpFamily.IPV4 ? "/24" : "/64";
                for (String node : Lab.NODES) {
                    address("router", "lan0", Settings.router(family, node) + length);
                    address(node, "eth1", Settings.second(family, node) + length);
                }
            }
        }
        // FRR calls it an error where there is none.
        lab.tries("vtysh", "configure terminal", "router bgp 64512", "no neighbor NODES bfd");
        if (settings.bfdMillis() > 0) {
            lab.verb(
                    "vtysh",
                    "configure terminal",
                    "bfd",
                    "profile bench",
                    "detect-multiplier 3",
                    "receive-interval " + settings.bfdMillis(),
                    "transmit-interval " + settings.bfdMillis(),
                    "exit",
                    "exit",
                    "router bgp 64512",
                    "neighbor NODES bfd",
                    "neighbor NODES bfd profile bench");
        }
    }

    private void address(String place, String device, String address) {
        // It may be there from an earlier call.
        lab.tries("exec", place, "ip", "address", "replace", address, "dev", device, "nodad");
    }

    /** Ends all sessions. */
    void clear() {
        lab.verb("vtysh", "clear bgp *");
    }

    /** How many sessions are up. */
    int established() {
        Set<String> peers = new HashSet<>();
        Matcher each =
                ESTABLISHED.matcher(lab.tries("vtysh", "show bgp summary json").out());
        while (each.find()) {
            peers.add(each.group(1));
        }
        return peers.size();
    }

    /** How many BFD sessions are up. */
    int watched() {
        return (int) Pattern.compile("\"status\"\\s*:\\s*\"up\"")
                .matcher(lab.tries("vtysh", "show bfd peers json").out())
                .results()
                .count();
    }

    /** What happens to its kernel's routes to these addresses, a line each. */
    Watcher routes(List<String> addresses) {
        return new Watcher(
                lab.root(),
                directory.resolve("routes.log"),
                lab.words("exec", "router", "ip", "-ts", "monitor", "route"),
                line -> addresses.stream().anyMatch(address -> about(line, address)));
    }

    private static boolean about(String line, String address) {
        return Stream.of(line.split(" ", -1)).anyMatch(address::equals);
    }

    /** Whether the line says that the route to this address is gone. */
    static boolean gone(String line, String address) {
        return line.contains("Deleted ") && about(line, address);
    }

    /** When it was, by the stamp of {@code ip}, in milliseconds since the epoch. */
    static double at(Watcher.Line line) {
        Matcher stamp = STAMP.matcher(line.text());
        if (!stamp.find()) {
            return line.at();
        }
        ZonedDateTime at = LocalDateTime.parse(stamp.group(1)).atZone(ZoneId.systemDefault());
        return at.toEpochSecond() * 1e3 + at.getNano() / 1e6;
    }
}
