package dev.clarion.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Service gets its addresses, and a client reaches them: by layer 2 and by BGP, IPv4 and IPv6. */
@ExtendWith(OnLab.class)
class PathIT {
    private static final List<String> SERVICES = List.of("web-l2", "web-bgp");

    @Test
    void eachServiceSaysFromWhereItIsAnnounced(Lab lab) {
        String owner = lab.clarion().owner(lab.web().addresses("web-l2").getFirst());
        Await.that(
                "web-l2 names the owner",
                60,
                () -> assertThat(condition(lab.kubectl().get("service", "web-l2"), "clarion.dev/Announced")
                                .toString())
                        .contains("\"True\"", lab.web().addresses("web-l2").getFirst() + " by layer 2 from " + owner));
        Await.that(
                "web-bgp names all nodes",
                60,
                () -> assertThat(condition(lab.kubectl().get("service", "web-bgp"), "clarion.dev/Announced")
                                .toString())
                        .contains("\"True\"", lab.web().addresses("web-bgp").getFirst() + " by BGP from n1, n2, n3"));
    }

    @Test
    void servicesHaveOneAddressOfEachFamilyFromTheirPools(Lab lab) {
        List<String> lan = lab.web().addresses("web-l2");
        assertThat(lan.get(0)).matches("192\\.168\\.50\\.2(0\\d|1\\d)");
        assertThat(lan.get(1)).matches("fd50::2(0[0-9a-f]|1[0-9])");
        List<String> routed = lab.web().addresses("web-bgp");
        assertThat(routed.get(0)).matches("203\\.0\\.113\\.\\d+");
        assertThat(routed.get(1)).matches("2001:db8:113::[0-9a-f]{0,2}");
    }

    @Test
    void statusEventAndLedgerSayWhereTheAddressesComeFrom(Lab lab) {
        for (String name : SERVICES) {
            JsonNode service = lab.kubectl().get("service", name);
            String pool = name.equals("web-l2") ? "lan" : "routed";
            assertThat(service.path("metadata")
                            .path("annotations")
                            .path("clarion.dev/allocated-from")
                            .asText())
                    .isEqualTo(pool);
            JsonNode condition = condition(service, "clarion.dev/Allocated");
            assertThat(condition.path("status").asText()).isEqualTo("True");
            assertThat(condition.path("reason").asText()).isEqualTo("Allocated");
            List<String> addresses = lab.web().addresses(name);
            assertThat(condition.path("message").asText()).contains(addresses);
            assertThat(lab.clarion().events("Service", name, "Allocated"))
                    .anySatisfy(note -> assertThat(note).contains(addresses));
            assertThat(lab.clarion().events("Service", name, "nodeAssigned"))
                    .anySatisfy(note -> assertThat(note).contains(addresses.get(0)))
                    .anySatisfy(note -> assertThat(note).contains(addresses.get(1)));
            String uid = service.path("metadata").path("uid").asText();
            assertThat(lab.clarion().ledger().values())
                    .filteredOn(line -> line.contains(uid))
                    .hasSize(2)
                    .allMatch(line -> line.contains("\"holder\":\"default/" + name + "\""));
        }
    }

    @Test
    void nearFindsTheOneNodeThatOwnsTheAddressByArpAndByNdp(Lab lab) {
        Map<String, String> macs = lab.segment().macs();
        for (String address : lab.web().addresses("web-l2")) {
            Await.that("near finds " + address + " at its owner", 30, () -> {
                String owner = lab.clarion().owner(address);
                assertThat(lab.clarion().owners(address)).containsEntry(owner, macs.get(owner));
                lab.segment().forget(address);
                assertThat(lab.web().ask("near", address)).startsWith("node=");
                assertThat(lab.segment().neighbour(address)).isEqualTo(macs.get(owner));
            });
        }
    }

    @Test
    void eachRequestForTheAddressHasExactlyOneAnswer(Lab lab) {
        for (String address : lab.web().addresses("web-l2")) {
            // Again where a machine that is too busy made an answer too late; one too many is never excused.
            Await.that(address + " is answered once", 60, () -> {
                Segment.Replies replies = lab.segment().ask(address, 5);
                if (replies.answered() > replies.asked()) {
                    throw new IllegalStateException(address + " has more than one answer to a request: " + replies);
                }
                assertThat(replies.answered()).isEqualTo(replies.asked());
            });
        }
    }

    @Test
    void theRouterSpreadsOverAllNodesAndFarIsAnsweredByEach(Lab lab) {
        for (String address : lab.web().addresses("web-bgp")) {
            Await.that(
                    "three next hops for " + address,
                    60,
                    () -> assertThat(lab.web().nextHops(address)).isEqualTo(3));
            Await.that(
                    "far is answered by every node at " + address,
                    60,
                    () -> assertThat(lab.web().nodesAnswering("far", address)).containsExactlyElementsOf(Lab.NODES));
        }
    }

    private static JsonNode condition(JsonNode service, String type) {
        for (JsonNode condition : service.path("status").path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        throw new AssertionError("no condition " + type + " in " + service);
    }
}
