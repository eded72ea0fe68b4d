package dev.clarion.e2e.scenarios;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The segment of the nodes, seen from the client {@code near}. */
final class Segment {
    private static final Pattern LINK_LAYER = Pattern.compile("lladdr ([0-9a-f:]{17})");
    private static final Pattern ETHER = Pattern.compile("link/ether ([0-9a-f:]{17})");
    /** Of a line of tcpdump's for an ARP reply. */
    private static final Pattern ARP_REPLY = Pattern.compile("is-at ([0-9a-f:]{17})");

    /** Of two lines of tcpdump's for a neighbour advertisement: its target and hardware address. */
    private static final Pattern ADVERTISEMENT =
            Pattern.compile("tgt is ([0-9a-f:]+), Flags .*\\n.*destination link-address option.*: ([0-9a-f:]{17})");

    /**
     * Asks and captures what comes for that: to the host that asked, or with the flag that it was asked for. What arping and
     * ndisc6 print themselves counts announcements too; and arping names the sender of the frame, which is not the address
     * that it answers with if it stands in for another.
     */
    private static final String ASK = """
            address=$0 times=$1 interface=$2
            if [[ $address == *:* ]]; then
              answers="icmp6 and ip6[40] = 136 and ip6[44] & 0x40 != 0"
            else
              answers="arp[6:2] = 2 and src host $address and not ether multicast"
            fi
            captured=$(mktemp)
            trap 'rm -f "$captured"' EXIT
            coproc capture { exec tcpdump --immediate-mode -lnnvi "$interface" "$answers" 2>&1 > "$captured"; }
            while read -r line <&"${capture[0]}"; do [[ $line == *"listening on"* ]] && break; done
            if [[ $address == *:* ]]; then
              for ((i = 0; i < times; i++)); do ndisc6 -m -n -r 1 -w 1000 "$address" "$interface" > /dev/null; done
            else
              arping -i "$interface" -c "$times" "$address" > /dev/null
            fi
            kill -INT "$capture_PID"
            wait "$capture_PID"
            cat "$captured"
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
        return new Replies(times, macsOf(address, times).size());
    }

    /** Asks for an address anew, whatever near knows of it: the MAC address that each answer gives, also the one too many. */
    List<String> macsOf(String address, int times) {
        return macsOf("near", "eth0", address, times);
    }

    /** The same, asked by another host. */
    List<String> macsOf(String host, String interfaceName, String address, int times) {
        String captured = lab.exec(host, "bash", "-c", ASK, address, Integer.toString(times), interfaceName)
                .out();
        return address.contains(":")
                ? ADVERTISEMENT
                        .matcher(captured)
                        .results()
                        .filter(answer -> answer.group(1).equals(address))
                        .map(answer -> answer.group(2))
                        .toList()
                : ARP_REPLY
                        .matcher(captured)
                        .results()
                        .map(answer -> answer.group(1))
                        .toList();
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
