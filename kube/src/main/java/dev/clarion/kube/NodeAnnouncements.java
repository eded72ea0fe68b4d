package dev.clarion.kube;

import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which addresses one node announces: what its speaker writes, beside the status for people, into the node's ConfigMap,
 * and the controller reads. One line each, addresses of BGP routes as ranges, so that thousands stay small:
 *
 * <pre>
 * layer2 192.168.50.200 2026-01-01T00:00:00Z
 * bgp 203.0.113.0-203.0.113.19
 * </pre>
 *
 * @param layer2 the addresses that the node owns on a segment, and since when
 * @param bgp the addresses for which some router was sent a route
 */
public record NodeAnnouncements(Map<Ip, Instant> layer2, AddressSet bgp) {
    /** The key in the node's ConfigMap. */
    public static final String KEY = "announced";
    /** Nothing. */
    public static final NodeAnnouncements NONE = new NodeAnnouncements(Map.of(), AddressSet.EMPTY);

    private static final String LAYER2 = "layer2";
    private static final String BGP = "bgp";

    public NodeAnnouncements {
        layer2 = Collections.unmodifiableMap(new TreeMap<>(layer2));
    }

    /** The text of it; equal announcements have equal texts. */
    public String text() {
        StringBuilder text = new StringBuilder();
        layer2.forEach((ip, since) -> text.append(LAYER2)
                .append(' ')
                .append(ip)
                .append(' ')
                .append(since)
                .append('\n'));
        text.append(bgp.ranges().stream().map(range -> BGP + " " + range + "\n").collect(Collectors.joining()));
        return text.toString();
    }

    /** Reads a text. What a speaker of another version says in other words is passed over. */
    public static NodeAnnouncements parse(String text) {
        Map<Ip, Instant> layer2 = new TreeMap<>();
        List<IpRange> bgp = new ArrayList<>();
        text.lines().map(line -> line.split(" ", 4)).forEach(words -> {
            try {
                if (words.length == 3 && words[0].equals(LAYER2)) {
                    layer2.put(Ip.parse(words[1]), Instant.parse(words[2]));
                } else if (words.length == 2 && words[0].equals(BGP)) {
                    bgp.add(IpRange.parse(words[1]));
                }
            } catch (IllegalArgumentException | DateTimeException ofAnotherVersion) {
                // The lines that are understood still count.
                return;
            }
        });
        return new NodeAnnouncements(layer2, AddressSet.of(bgp));
    }
}
