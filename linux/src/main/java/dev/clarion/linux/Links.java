package dev.clarion.linux;

import dev.clarion.linux.wire.NetlinkMessage;
import dev.clarion.linux.wire.NetlinkParser;
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
                if (dump(socket, NetlinkRequest.LINKS, ++sequence, links)
                        && dump(socket, NetlinkRequest.ADDRESSES, ++sequence, addresses)) {
                    return merge(links, addresses);
                }
            }
            throw new LinuxException("cannot list the network interfaces: they changed each time", 0, "try again");
        }
    }

    /** Collects the messages of one dump; false if something changed meanwhile. */
    private static boolean dump(NetlinkSocket socket, NetlinkRequest request, int sequence, List<NetlinkMessage> into)
            throws LinuxException {
        socket.send(request.encode(sequence));
        boolean consistent = true;
        while (true) {
            NetlinkParser.Parsed parsed = socket.receive();
            if (parsed.malformed() > 0) {
                throw new LinuxException("cannot understand the kernel's list of " + request, 0, "");
            }
            for (NetlinkMessage message : parsed.messages()) {
                if (message.sequence() != sequence) {
                    continue;
                }
                switch (message) {
                    case NetlinkMessage.Done done -> {
                        return consistent && !done.interrupted();
                    }
                    case NetlinkMessage.Failure failure ->
                        throw new LinuxException("the kernel refused to list " + request, failure.errno(), "");
                    case NetlinkMessage.LinkMessage link -> {
                        consistent &= !link.interrupted();
                        into.add(link);
                    }
                    case NetlinkMessage.AddressMessage address -> {
                        consistent &= !address.interrupted();
                        into.add(address);
                    }
                    case NetlinkMessage.Other other -> into.add(other);
                }
            }
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
                        link.master(),
                        byIndex.getOrDefault(link.index(), List.of())));
            }
        }
        return List.copyOf(merged);
    }
}
