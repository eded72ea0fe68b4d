package dev.clarion.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What in the kernel's parameters and addresses gets in the way. */
class KernelChecksTest {

    private static final Ip VIP4 = Ip.parse("10.9.0.200");
    private static final Ip VIP6 = Ip.parse("fd09::200");
    private static final Link ETH0 = link("eth0", "10.9.0.11/24", "fd09::11/64");

    @TempDir
    private Path root;

    @BeforeEach
    void aKernelAsItComes() throws IOException {
        for (String where : List.of("all", "eth0", "eth0.100", "kube-ipvs0")) {
            for (String name : List.of("arp_ignore", "arp_announce", "proxy_arp", "proxy_arp_pvlan", "rp_filter")) {
                set("ipv4/conf/" + where + "/" + name, 0);
            }
            set("ipv6/conf/" + where + "/proxy_ndp", 0);
        }
    }

    @Test
    void anOrdinaryNodeHasNoFault() {
        assertThat(look(List.of(ETH0))).isEmpty();
    }

    @Test
    void withIpvsAndWithoutStrictArpEveryKernelAnswersAndAsks() {
        assertThat(look(List.of(ETH0, link("kube-ipvs0", "10.9.0.200/32", "fd09::200/128"))))
                .extracting(KernelFinding::fault)
                .containsExactly(KernelFault.ARP_FOR_LOCAL_ADDRESS, KernelFault.ARP_FROM_LOCAL_ADDRESS);
    }

    @Test
    void theFindingTellsTheFactsAndWhatToDo() {
        assertThat(look(List.of(ETH0, link("kube-ipvs0", "10.9.0.200/32")))
                        .getFirst()
                        .text())
                .isEqualTo("eth0: 10.9.0.200: the address is on kube-ipvs0 and arp_ignore is 0; set strictARP: true in"
                        + " kube-proxy's configuration, or net.ipv4.conf.all.arp_ignore=1");
    }

    @Test
    void strictArpIsEnough() throws IOException {
        set("ipv4/conf/all/arp_ignore", 1);
        set("ipv4/conf/all/arp_announce", 2);
        assertThat(look(List.of(ETH0, link("kube-ipvs0", "10.9.0.200/32")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "0, 1, false", "1, 0, false", "2, 0, false", "8, 0, false", "1, 3, true", "4, 0, true"})
    void theHigherOfTwoValuesIsInForce(int all, int eth0, boolean fault) throws IOException {
        set("ipv4/conf/all/arp_ignore", all);
        set("ipv4/conf/eth0/arp_ignore", eth0);
        assertThat(look(List.of(ETH0, link("kube-ipvs0", "10.9.0.200/32"))))
                .extracting(KernelFinding::fault)
                .satisfies(faults -> assertThat(faults.contains(KernelFault.ARP_FOR_LOCAL_ADDRESS))
                        .isEqualTo(fault));
    }

    @Test
    void anAddressOnTheSegmentItselfIsAnsweredForWhateverTheParametersAre() throws IOException {
        set("ipv4/conf/all/arp_ignore", 1);
        assertThat(look(List.of(link("eth0", "10.9.0.11/24", "10.9.0.200/32", "fd09::200/128"))))
                .extracting(KernelFinding::fault)
                .containsExactly(KernelFault.ADDRESS_ON_SEGMENT, KernelFault.ADDRESS_ON_SEGMENT);
    }

    @ParameterizedTest
    @CsvSource({
        "ipv4/conf/all/proxy_arp, PROXY_ARP",
        "ipv4/conf/eth0/proxy_arp, PROXY_ARP",
        "ipv4/conf/eth0/proxy_arp_pvlan, PROXY_ARP",
        "ipv6/conf/eth0/proxy_ndp, PROXY_NDP",
        "ipv6/conf/all/proxy_ndp, PROXY_NDP",
    })
    void proxiesAreTold(String parameter, KernelFault fault) throws IOException {
        set(parameter, 1);
        assertThat(look(List.of(ETH0)))
                .singleElement()
                .extracting(KernelFinding::fault)
                .isEqualTo(fault);
    }

    @Test
    void proxiesOfInterfacesForContainersDoNotMatter() throws IOException {
        set("ipv4/conf/kube-ipvs0/proxy_arp", 1);
        assertThat(look(List.of(ETH0))).isEmpty();
    }

    @Test
    void strictReversePathFilteringMattersWithSeveralSegmentsOnly() throws IOException {
        set("ipv4/conf/all/rp_filter", 1);
        assertThat(look(List.of(ETH0, link("docker0", "172.17.0.1/16")))).isEmpty();
        assertThat(look(List.of(ETH0, link("eth1", "10.8.0.11/24"))))
                .containsExactly(
                        new KernelFinding(KernelFault.RP_FILTER_STRICT, "eth0", Optional.empty(), "rp_filter is 1"));
        set("ipv4/conf/eth0/rp_filter", 2);
        assertThat(look(List.of(ETH0, link("eth1", "10.8.0.11/24")))).isEmpty();
    }

    @Test
    void interfacesWithDotsInTheirNamesAreReadAndImpossibleNamesAreNot() throws IOException {
        set("ipv4/conf/eth0.100/proxy_arp", 1);
        assertThat(KernelChecks.look(new Sysctl(root), List.of(ETH0), Set.of("eth0.100", "../..", "a b"), List.of()))
                .extracting(KernelFinding::interfaceName)
                .containsExactly("eth0.100");
    }

    @Test
    void parametersThatAreNotThereAreNoFault(@TempDir Path empty) {
        assertThat(KernelChecks.look(new Sysctl(empty), List.of(ETH0), Set.of("eth0"), Set.of(VIP4)))
                .isEmpty();
    }

    private List<KernelFinding> look(List<Link> links) {
        return KernelChecks.look(new Sysctl(root), links, Set.of("eth0"), List.of(VIP4, VIP6));
    }

    private void set(String parameter, int value) throws IOException {
        Path file = root.resolve("net").resolve(parameter);
        Files.createDirectories(file.getParent());
        Files.writeString(file, value + "\n");
    }

    private static Link link(String name, String... addresses) {
        List<InterfaceAddress> own = Arrays.stream(addresses)
                .map(text -> text.split("/"))
                .map(parts -> new InterfaceAddress(Ip.parse(parts[0]), Integer.parseInt(parts[1])))
                .toList();
        Mac mac = Mac.parse("02:00:00:00:00:0a");
        return new Link(2, name, mac, true, true, false, false, true, OptionalInt.empty(), "", "", own);
    }
}
