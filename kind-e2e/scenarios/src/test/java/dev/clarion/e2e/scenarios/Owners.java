package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who answers for an address on the segment, by asking there: no status that trails is believed. */
final class Owners {
    private static final Pattern MAC =
            Pattern.compile("([0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5})", Pattern.CASE_INSENSITIVE);

    private final Lab lab;
    private final Map<String, String> macs;

    Owners(Lab lab) {
        this.lab = lab;
        this.macs = lab.segment().macs();
    }

    /** Everybody who answers the router; a hardware address that is no node's is given as it is. */
    Set<String> of(String address) {
        Ran ran = address.contains(":")
                ? lab.exec("router", "ndisc6", "-m", "-q", "-n", "-r", "1", "-w", "500", address, "lan0")
                : lab.exec("router", "arping", "-r", "-i", "lan0", "-c", "1", "-w", "0.5", address);
        Set<String> owners = new TreeSet<>();
        Matcher mac = MAC.matcher(ran.out());
        while (mac.find()) {
            String found = mac.group(1).toLowerCase(Locale.ROOT);
            owners.add(macs.entrySet().stream()
                    .filter(node -> node.getValue().equals(found))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(found));
        }
        return owners;
    }

    /** Waits until one and the same node answers for all of them; that node. */
    String one(List<String> addresses) {
        Await.that("one node answers for " + addresses, 60, () -> {
            assertThat(of(addresses.getFirst())).hasSize(1).isSubsetOf(Lab.NODES);
            addresses.forEach(address -> assertThat(of(address)).isEqualTo(of(addresses.getFirst())));
        });
        return of(addresses.getFirst()).iterator().next();
    }

    /** Fails unless each address is answered exactly once per question, and by this node. */
    void onlyOf(String node, List<String> addresses) {
        for (String address : addresses) {
            assertThat(of(address)).as("who answers for " + address).containsExactly(node);
            assertThat(lab.segment().ask(address, 3))
                    .as("answers for " + address)
                    .isEqualTo(new Segment.Replies(3, 3));
        }
    }
}
