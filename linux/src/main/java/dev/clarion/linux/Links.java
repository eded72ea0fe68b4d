package dev.clarion.linux;

import dev.clarion.linux.wire.NetlinkMessage;
import dev.clarion.linux.wire.NetlinkRequest;
import dev.clarion.net.Mac;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The network interfaces of this process's network namespace (rtnetlink(7)). */
public final class Links {

    private static final Mac NO_MAC = Mac.of(0);
    private static final int TRIES = 10;

    private Links() {}

    /**
     * All interfaces with their addresses, by index. Takes some hundred microseconds; needs no capability.
     *
     * @throws LinuxException if the kernel refuses, or if interfaces change faster than they can be listed
     */
    public static List<Link> snapshot() throws LinuxException {
        try (NetlinkSocket socket = NetlinkSocket.open(0)) {
            int sequence = 0;
            for (int attempt = 0; attempt < TRIES; attempt++) {
                List<NetlinkMessage> links = new ArrayList<>();
                List<NetlinkMessage> addresses = new ArrayList<>();
                if (Dump.collect(socket, NetlinkRequest.LINKS, ++sequence, links)
                        && Dump.collect(socket, NetlinkRequest.ADDRESSES, ++sequence, addresses)) {
                    return merge(links, addresses);
                }
            }
            throw new LinuxException("cannot list the network interfaces: they changed each time", 0, "try again");
        }
    }

    private static List<Link> merge(List<NetlinkMessage> links, List<NetlinkMessage> addresses) {
        Map<Integer, List<InterfaceAddress>> byIndex = new HashMap<>();
        for (NetlinkMessage message : addresses) {
            if (message instanceof NetlinkMessage.AddressMessage address) {
                byIndex.computeIfAbsent(address.index(), first -> new ArrayList<>())
                        .add(new InterfaceAddress(address.address(), address.prefixLength()));
            }
        }
        List<Link> merged = new ArrayList<>();
        for (NetlinkMessage message : links) {
            if (message instanceof NetlinkMessage.LinkMessage link) {
                merged.add(new Link(
                        link.index(),
                        link.name(),
                        link.mac().orElse(NO_MAC),
                        link.up(),
                        link.carrier(),
                        link.loopback(),
                        link.noArp(),
                        link.broadcast(),
                        link.master(),
                        link.kind(),
                        link.slaveKind(),
                        byIndex.getOrDefault(link.index(), List.of())));
            }
        }
        return List.copyOf(merged);
    }
}
