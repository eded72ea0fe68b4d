package dev.clarion.linux;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks whether the kernel of this node gets in the way of announcing addresses by layer 2 ({@code
 * Documentation/networking/ip-sysctl.rst}). Only reads; others change these parameters while the node runs, so look
 * again from time to time.
 */
public final class KernelChecks {

    /** Values of arp_ignore with which only addresses on the incoming interface are answered for, or none. */
    private static final Set<Integer> IGNORES_OTHERS = Set.of(1, 2, 8);

    private static final int ASKS_AS_BEST_LOCAL = 2;
    private static final int STRICT = 1;
    private static final String USABLE_NAME = "[A-Za-z0-9_.:@+-]+";

    private final Sysctl sysctl;
    private final List<Link> links;
    private final List<KernelFinding> findings = new ArrayList<>();

    private KernelChecks(Sysctl sysctl, List<Link> links) {
        this.sysctl = sysctl;
        this.links = links;
    }

    /**
     * Looks at everything.
     *
     * @param sysctl the parameters
     * @param links all interfaces of the node
     * @param segments the names of those on which addresses are announced
     * @param addresses the addresses that are announced, by whatever node
     * @return what was found, by interface; empty if nothing is in the way
     */
    public static List<KernelFinding> look(
            Sysctl sysctl, List<Link> links, Set<String> segments, Collection<Ip> addresses) {
        KernelChecks checks = new KernelChecks(sysctl, links);
        boolean severalHomes = links.stream().filter(KernelChecks::isHome).count() > 1;
        for (String segment : segments.stream().sorted().toList()) {
            if (segment.matches(USABLE_NAME)) {
                addresses.stream().distinct().sorted().forEach(address -> checks.address(segment, address));
                checks.proxies(segment);
                if (severalHomes) {
                    checks.reversePath(segment);
                }
            }
        }
        return List.copyOf(checks.findings);
    }

    /** Whether traffic from elsewhere may come in by it. */
    private static boolean isHome(Link link) {
        return InterfaceChoice.DEFAULT.against(link).isEmpty()
                && link.addresses().stream()
                        .map(InterfaceAddress::address)
                        .anyMatch(ip -> ip.family() == IpFamily.IPV4 && !ip.isLinkLocal());
    }

    private void address(String segment, Ip address) {
        List<String> on = links.stream()
                .filter(link ->
                        link.addresses().stream().anyMatch(own -> own.address().equals(address)))
                .map(Link::name)
                .toList();
        if (on.contains(segment)) {
            found(KernelFault.ADDRESS_ON_SEGMENT, segment, Optional.of(address), "the address is on this interface");
        } else if (!on.isEmpty() && address.family() == IpFamily.IPV4) {
            local(segment, address, on.getFirst());
        }
    }

    /** IPv6 needs no such care: the kernel answers solicitations only for addresses of the interface they come in by. */
    private void local(String segment, Ip address, String holder) {
        int ignore = highest("ipv4", segment, "arp_ignore");
        if (!IGNORES_OTHERS.contains(ignore)) {
            found(
                    KernelFault.ARP_FOR_LOCAL_ADDRESS,
                    segment,
                    Optional.of(address),
                    "the address is on " + holder + " and arp_ignore is " + ignore);
        }
        int announce = highest("ipv4", segment, "arp_announce");
        if (announce < ASKS_AS_BEST_LOCAL) {
            found(
                    KernelFault.ARP_FROM_LOCAL_ADDRESS,
                    segment,
                    Optional.of(address),
                    "the address is on " + holder + " and arp_announce is " + announce);
        }
    }

    private void proxies(String segment) {
        Stream.of("proxy_arp", "proxy_arp_pvlan")
                .filter(name -> highest("ipv4", segment, name) > 0)
                .forEach(name -> found(KernelFault.PROXY_ARP, segment, Optional.empty(), name + " is on"));
        if (highest("ipv6", segment, "proxy_ndp") > 0) {
            found(KernelFault.PROXY_NDP, segment, Optional.empty(), "proxy_ndp is on");
        }
    }

    private void reversePath(String segment) {
        if (highest("ipv4", segment, "rp_filter") == STRICT) {
            found(KernelFault.RP_FILTER_STRICT, segment, Optional.empty(), "rp_filter is 1");
        }
    }

    /** What is in force: of these parameters the kernel takes the higher one of the interface's and the one for all. */
    private int highest(String family, String segment, String name) {
        return Stream.of("all", segment)
                .map(where -> sysctl.read("net/" + family + "/conf/" + where + "/" + name))
                .flatMap(Optional::stream)
                .filter(value -> value.matches("\\d{1,6}"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }

    private void found(KernelFault fault, String segment, Optional<Ip> address, String fact) {
        findings.add(new KernelFinding(fault, segment, address, fact));
    }
}
