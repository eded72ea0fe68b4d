package dev.clarion.speaker.flows;

import dev.clarion.announcement.flows.Flow;
import dev.clarion.announcement.flows.FlowReason;
import dev.clarion.linux.Link;
import dev.clarion.linux.Links;
import dev.clarion.linux.LinuxException;
import dev.clarion.linux.Sysctl;
import dev.clarion.linux.flows.FlowKernel;
import dev.clarion.linux.flows.FlowObstacle;
import dev.clarion.linux.flows.wire.Steering.Hop;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The store that is this node's kernel. */
final class KernelFlows implements FlowStore {
    private final FlowKernel kernel = new FlowKernel();
    private final Sysctl sysctl = new Sysctl();

    @Override
    public Optional<String> obstacle() throws LinuxException {
        return kernel.obstacle().map(FlowObstacle::text);
    }

    @Override
    public void adopt() throws LinuxException {
        kernel.adopt();
    }

    @Override
    public Set<Flow> tracked(Set<Ip> addresses, int most) throws LinuxException {
        return kernel.tracked(addresses, most).stream().map(KernelFlows::ours).collect(Collectors.toSet());
    }

    @Override
    public Map<Ip, Set<Flow>> relayed() throws LinuxException {
        Map<Ip, Set<Flow>> byHome = new LinkedHashMap<>();
        kernel.relayed().forEach((hop, flows) -> {
            Set<Flow> there = byHome.computeIfAbsent(hop.via(), first -> new HashSet<>());
            flows.forEach(flow -> there.add(ours(flow)));
        });
        return byHome;
    }

    @Override
    public Loaded relay(String interfaceName, Ip home, Collection<Flow> flows) throws LinuxException {
        List<Link> links = Links.snapshot();
        Optional<Link> link =
                links.stream().filter(each -> each.name().equals(interfaceName)).findFirst();
        if (link.isEmpty()) {
            return new Loaded(FlowReason.NO_NEXT_HOP, 0);
        }
        if (!forwards(interfaceName, home.family())) {
            return new Loaded(FlowReason.NOT_FORWARDING, 0);
        }
        Set<Ip> local = new HashSet<>();
        links.forEach(each -> each.addresses().forEach(own -> local.add(own.address())));
        List<Flow> possible =
                flows.stream().filter(flow -> !local.contains(flow.address())).toList();
        int kept = kernel.relay(
                new Hop(link.get().index(), home),
                possible.stream().map(KernelFlows::kernels).toList());
        return new Loaded(
                possible.size() < flows.size()
                        ? FlowReason.ADDRESS_ON_NODE
                        : kept < possible.size() ? FlowReason.NO_ROOM : FlowReason.KEPT,
                kept);
    }

    private boolean forwards(String interfaceName, IpFamily family) {
        String name = switch (family) {
            case IPV4 -> "ipv4";
            case IPV6 -> "ipv6";
        };
        return !sysctl.read("net/" + name + "/conf/" + interfaceName + "/forwarding")
                .equals(Optional.of("0"));
    }

    @Override
    public void release(Collection<Flow> flows) throws LinuxException {
        kernel.release(flows.stream().map(KernelFlows::kernels).toList());
    }

    @Override
    public void forget(Ip home) throws LinuxException {
        for (Hop hop : kernel.relayed().keySet()) {
            if (hop.via().equals(home)) {
                kernel.forget(hop);
            }
        }
    }

    @Override
    public void tidy() throws LinuxException {
        kernel.tidy();
    }

    private static Flow ours(dev.clarion.linux.flows.wire.Flow flow) {
        return new Flow(flow.protocol(), flow.client(), flow.clientPort(), flow.address(), flow.port());
    }

    private static dev.clarion.linux.flows.wire.Flow kernels(Flow flow) {
        return new dev.clarion.linux.flows.wire.Flow(
                flow.protocol(), flow.client(), flow.clientPort(), flow.address(), flow.port());
    }
}
