package dev.clarion.speaker;

import dev.clarion.arpndp.L2Intent;
import dev.clarion.arpndp.L2Interface;
import dev.clarion.arpndp.MulticastGroups;
import dev.clarion.arpndp.NeighbourAnnouncer;
import dev.clarion.arpndp.Settings;
import dev.clarion.bgp.BgpListener;
import dev.clarion.bgp.BgpOptions;
import dev.clarion.bgp.BgpSpeaker;
import dev.clarion.bgp.RestartFacts;
import dev.clarion.linux.LinkMonitor;
import dev.clarion.linux.LinuxException;
import dev.clarion.linux.NodeMulticast;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Everything that talks to the network, or to the kernel about it. */
record WireSide(
        LinkSource links,
        LinkMonitor monitor,
        NodeMulticast multicast,
        NeighbourAnnouncer neighbours,
        KernelRules rules,
        LinkRouters routers,
        BgpSpeaker bgp)
        implements Wire, SegmentPort, AutoCloseable {
    /** An answer of a kernel that takes longer says nothing of how it is now. */
    private static final Duration ANSWER = Duration.ofMillis(200);

    /**
     * Starts it, with nothing announced.
     *
     * @param listen where routers may dial, if anywhere
     * @param before what the process before this one left of its sessions
     * @param sessions told what happens with BGP
     * @param news told what happens on the segments
     * @param wake released when a link or a rule of the kernel changed
     * @throws LinuxException if the kernel refuses what is needed
     */
    static WireSide start(
            Optional<BgpOptions.Listen> listen,
            RestartFacts before,
            BgpListener sessions,
            FrameNews news,
            Semaphore wake)
            throws LinuxException {
        LinkSource links = new LinkSource();
        NodeMulticast multicast = new NodeMulticast();
        NeighbourAnnouncer neighbours = new NeighbourAnnouncer(
                Settings.DEFAULT, links, groups(multicast), news, () -> Priority.raise("frames", Priority.FRAMES));
        LinkMonitor monitor = new LinkMonitor(
                () -> {
                    links.refresh();
                    neighbours.linksChanged();
                    wake.release();
                },
                neighbours::announceAgain);
        // Between the first look and the monitor's start something may have changed.
        links.refresh();
        KernelRules rules = KernelRules.start(wake::release);
        LinkRouters routers = new LinkRouters(links::links);
        BgpSpeaker bgp = new BgpSpeaker(sessions, new BgpOptions(listen, before, routers));
        routers.tell(bgp::neighborsChanged);
        return new WireSide(links, monitor, multicast, neighbours, rules, routers, bgp);
    }

    private static MulticastGroups groups(NodeMulticast multicast) {
        return new MulticastGroups() {
            @Override
            public void join(int ifIndex, Ip group) throws LinuxException {
                multicast.join(ifIndex, group);
            }

            @Override
            public void leave(int ifIndex, Ip group) throws LinuxException {
                multicast.leave(ifIndex, group);
            }
        };
    }

    @Override
    public void layer2(L2Intent intent) {
        neighbours.apply(intent);
    }

    @Override
    public void apply(L2Intent intent) {
        neighbours.apply(intent);
    }

    @Override
    public void answerUntil(long nanoTime) {
        neighbours.answerUntil(nanoTime);
    }

    @Override
    public void announceAgain(Set<Ip> addresses) {
        neighbours.announceAgain(addresses);
    }

    @Override
    public void tell(String interfaceName, Ip address, Ip host) {
        neighbours.direct(interfaceName, address, Set.of(host));
    }

    @Override
    public boolean probe(String interfaceName, Ip address) {
        return neighbours.probe(interfaceName, address);
    }

    @Override
    public boolean probeKernel(String interfaceName, Ip target) {
        return neighbours.probeKernel(interfaceName, target, 1, ANSWER);
    }

    @Override
    public void defend(String interfaceName, Ip address) {
        neighbours.defend(interfaceName, address);
    }

    @Override
    public Set<Ip> gateways(String interfaceName) {
        return links.find(interfaceName).map(L2Interface::gateways).orElse(Set.of());
    }

    @Override
    public void alive() {
        neighbours.alive();
    }

    @Override
    public void close() {
        neighbours.close();
        bgp.close();
        routers.close();
        rules.close();
        monitor.close();
        multicast.close();
    }
}
