package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who answers for an address on the segment, by asking there: no status that trails is believed. */
final class Owners {
    private final Lab lab;
    private final Map<String, String> macs;

    Owners(Lab lab) {
        this.lab = lab;
        this.macs = lab.segment().macs();
    }

    /** Everybody who answers the router; a hardware address that is no node's is given as it is. */
    Set<String> of(String address) {
        Set<String> owners = new TreeSet<>();
        for (String found : lab.segment().macsOf("router", "lan0", address, 1)) {
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
