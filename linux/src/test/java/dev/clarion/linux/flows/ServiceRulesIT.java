package dev.clarion.linux.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clarion.linux.flows.Sandbox.Program;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules as kube-proxy's nftables mode makes them, put into a real kernel by nft. */
@Timeout(120)
class ServiceRulesIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String MAPS = """
            add table ip kube-proxy
            add chain ip kube-proxy external
            add map ip kube-proxy service-ips { type ipv4_addr . inet_proto . inet_service : verdict; }
            add map ip kube-proxy no-endpoint-services { type ipv4_addr . inet_proto . inet_service : verdict; }
            add map ip kube-proxy firewall-ips { type ipv4_addr . inet_proto . inet_service : verdict; }
            add table ip6 kube-proxy
            add chain ip6 kube-proxy external
            add map ip6 kube-proxy service-ips { type ipv6_addr . inet_proto . inet_service : verdict; }
            """;

    private Sandbox sandbox;
    private Program rules;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start();
        sandbox.sh("ip netns add node");
        rules = sandbox.java("node", RulesProgram.class, List.of());
    }

    @AfterEach
    void end() throws Exception {
        rules.close();
        sandbox.close();
    }

    private void nft(String commands) {
        sandbox.sh("ip netns exec node nft -f - <<'NFT'\n" + commands + "\nNFT");
    }

    private void told(String what) {
        await().atMost(SOON).untilAsserted(() -> assertThat(rules.say("show")).containsExactly(what));
    }

    @Test
    void addressesComeAndGoWithTheirRules() {
        told("no rules kept");
        nft(MAPS);
        told("[]");
        nft(
                "add element ip kube-proxy service-ips { 203.0.113.7 . tcp . 80 : goto external, 203.0.113.7 . udp . 53 : goto"
                        + " external }");
        told("[203.0.113.7]");
        nft("add element ip6 kube-proxy service-ips { 2001:db8::7 . tcp . 80 : goto external }");
        told("[203.0.113.7, 2001:db8::7]");
        nft("delete element ip kube-proxy service-ips { 203.0.113.7 . tcp . 80 }");
        nft("delete element ip6 kube-proxy service-ips { 2001:db8::7 . tcp . 80 }");
        told("[203.0.113.7]");
        nft("flush map ip kube-proxy service-ips");
        told("[]");
    }

    @Test
    void whatIsThereAtTheStartIsSeenAndWhatIsDroppedElsewhereIsNot() {
        nft(MAPS
                + "add element ip kube-proxy service-ips { 203.0.113.7 . tcp . 80 : goto external }\n"
                + "add element ip kube-proxy service-ips { 203.0.113.8 . tcp . 80 : goto external }\n"
                + "add element ip kube-proxy no-endpoint-services { 203.0.113.8 . tcp . 80 : drop }");
        try (Program later = sandbox.java("node", RulesProgram.class, List.of())) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(later.say("show")).containsExactly("[203.0.113.7]"));
        }
    }

    @Test
    void whatHasNoEndpointHereIsDroppedAndSoNotServed() {
        nft(MAPS
                + "add element ip kube-proxy service-ips { 203.0.113.7 . tcp . 80 : goto external, 203.0.113.8 . tcp . 80 :"
                + " goto external }\n"
                + "add element ip kube-proxy no-endpoint-services { 203.0.113.7 . tcp . 80 : drop }");
        told("[203.0.113.8]");
        // All that is told when the node gets its first endpoint.
        nft("delete element ip kube-proxy no-endpoint-services { 203.0.113.7 . tcp . 80 }");
        told("[203.0.113.7, 203.0.113.8]");
        nft("add element ip kube-proxy no-endpoint-services { 203.0.113.8 . tcp . 80 : drop }");
        told("[203.0.113.7]");
    }

    @Test
    void whatKubeProxyCleansUpIsNotKept() {
        nft(MAPS + "add element ip kube-proxy service-ips { 203.0.113.7 . tcp . 80 : goto external }");
        told("[203.0.113.7]");
        nft("delete table ip kube-proxy\ndelete table ip6 kube-proxy");
        told("no rules kept");
        nft(MAPS);
        told("[]");
    }

    @Test
    void moreChangesAtOnceThanASocketHoldsAreReadAfresh() {
        nft(MAPS);
        told("[]");
        sandbox.sh("""
                ip netns exec node nft -f - <<NFT
                $(seq 0 19999 | awk '{ printf "add element ip kube-proxy service-ips { 10.1.%d.%d . tcp . 80 : goto external }\\n", \\
                    $1 / 256, $1 % 256 }')
                NFT
                """);
        told("20000 addresses");
    }

    @Test
    void aTransactionThatTakesAndGivesBackIsNoNews() {
        nft(MAPS + "add element ip kube-proxy service-ips { 203.0.113.7 . tcp . 80 : goto external }");
        told("[203.0.113.7]");
        List<String> before = rules.say("count");
        // As kube-proxy does when it starts.
        nft("""
                flush map ip kube-proxy service-ips
                add element ip kube-proxy service-ips { 203.0.113.7 . tcp . 80 : goto external }
                """);
        nft("add element ip kube-proxy service-ips { 203.0.113.10 . tcp . 80 : goto external }");
        told("[203.0.113.7, 203.0.113.10]");
        assertThat(Integer.parseInt(rules.say("count").getFirst())).isEqualTo(Integer.parseInt(before.getFirst()) + 1);
    }

    @Test
    void tablesOfOthersAreNoNews() {
        nft(MAPS + "add element ip kube-proxy service-ips { 203.0.113.7 . tcp . 80 : goto external }");
        told("[203.0.113.7]");
        List<String> before = rules.say("count");
        nft("""
                add table ip other
                add map ip other service-ips { type ipv4_addr . inet_proto . inet_service : verdict; }
                add chain ip other external
                add element ip other service-ips { 203.0.113.9 . tcp . 80 : goto external }
                add element ip kube-proxy firewall-ips { 203.0.113.8 . tcp . 80 : drop }
                """);
        nft("add element ip kube-proxy service-ips { 203.0.113.10 . tcp . 80 : goto external }");
        told("[203.0.113.7, 203.0.113.10]");
        assertThat(Integer.parseInt(rules.say("count").getFirst())).isEqualTo(Integer.parseInt(before.getFirst()) + 1);
    }
}
