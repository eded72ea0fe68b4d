package dev.clarion.e2e.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The segment of the nodes, seen from the client {@code near}. */
final class Segment {
    private static final Pattern LINK_LAYER = Pattern.compile("lladdr ([0-9a-f:]{17})");
    private static final Pattern ETHER = Pattern.compile("link/ether ([0-9a-f:]{17})");
    private static final Pattern ARPING =
            Pattern.compile("(\\d+) packets transmitted, (\\d+) packets received.*\\((\\d+) extra\\)");

    /** Of tcpdump's lines for ARP replies, and of ndisc6. */
    private static final Pattern ANSWER = Pattern.compile("(?:is-at|Target link-layer address:) ([0-9a-fA-F:]{17})");

    /** arping itself names the sender of the frame, which is not the address that it answers with if it stands in for another. */
    private static final String HARDWARE_ADDRESSES = """
            answers=$(mktemp)
            trap 'rm -f "$answers"' EXIT
            coproc capture { exec tcpdump -lnni "$2" "arp[6:2] = 2 and src host $0" 2>&1 > "$answers"; }
            while read -r line <&"${capture[0]}"; do [[ $line == listening* ]] && break; done
            arping -i "$2" -c "$1" "$0" > /dev/null
            kill -INT "$capture_PID"
            wait "$capture_PID"
            cat "$answers"
            """;

    private final Lab lab;

    Segment(Lab lab) {
        this.lab = lab;
    }

    /** What came back for what was asked. */
    record Replies(int asked, int answered) {}

    /** The MAC address in near's neighbour entry, or an empty string. */
    String neighbour(String address) {
        return first(
                LINK_LAYER, lab.exec("near", "ip", "neigh", "show", address).out());
    }

    /** near forgets what it knew of an address. */
    void forget(String address) {
        lab.exec("near", "ip", "neigh", "flush", address).ok();
    }

    /** The MAC address of each node on the segment. */
    Map<String, String> macs() {
        Map<String, String> macs = new TreeMap<>();
        for (String node : Lab.NODES) {
            macs.put(
                    node,
                    first(ETHER, lab.exec(node, "ip", "link", "show", "eth1").ok()));
        }
        return macs;
    }

    /** Asks for an address by ARP or by neighbour solicitation and counts every answer, also the one too many. */
    Replies ask(String address, int times) {
        return address.contains(":") ? solicit(address, times) : arping(address, times);
    }

    /** Asks for an address anew, whatever near knows of it: the MAC address that each answer gives, also the one too many. */
    List<String> macsOf(String address, int times) {
        return macsOf("near", "eth0", address, times);
    }

    /** The same, asked by another host. */
    List<String> macsOf(String host, String interfaceName, String address, int times) {
        List<String> macs = new ArrayList<>();
        if (!address.contains(":")) {
            String asked = Integer.toString(times);
            collect(
                    lab.exec(host, "bash", "-c", HARDWARE_ADDRESSES, address, asked, interfaceName)
                            .out(),
                    macs);
            return macs;
        }
        for (int i = 0; i < times; i++) {
            collect(
                    lab.exec(host, "ndisc6", "-m", "-n", "-r", "1", "-w", "1000", address, interfaceName)
                            .out(),
                    macs);
        }
        return macs;
    }

    private static void collect(String out, List<String> macs) {
        Matcher answer = ANSWER.matcher(out);
        while (answer.find()) {
            macs.add(answer.group(1).toLowerCase(Locale.ROOT));
        }
    }

    private Replies arping(String address, int times) {
        String out = lab.exec("near", "arping", "-i", "eth0", "-c", Integer.toString(times), address)
                .out();
        Matcher line = ARPING.matcher(out);
        if (!line.find()) {
            throw new AssertionError("arping said: " + out);
        }
        return new Replies(
                Integer.parseInt(line.group(1)), Integer.parseInt(line.group(2)) + Integer.parseInt(line.group(3)));
    }

    private Replies solicit(String address, int times) {
        int answers = 0;
        for (int i = 0; i < times; i++) {
            // -m: all answers within the second, not only the first.
            String out = lab.exec("near", "ndisc6", "-m", "-n", "-r", "1", "-w", "1000", address, "eth0")
                    .out();
            answers += (int) out.lines()
                    .filter(line -> line.contains("Target link-layer address"))
                    .count();
        }
        return new Replies(times, answers);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
