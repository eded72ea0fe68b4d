package dev.clarion.linux;

import dev.clarion.linux.wire.NetlinkMessage;
import dev.clarion.linux.wire.NetlinkRequest;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The routers of this node's segments: the next hops of default routes, in all tables (rtnetlink(7)). */
public final class Gateways {

    private static final int TRIES = 3;

    private Gateways() {}

    /**
     * The gateways by the index of the interface that leads to them, of both families; an interface without any is
     * absent. The kernel lists all routes for that, some 100,000 in a second, and needs no capability. If routes change
     * all the time the last list counts, which may lack what changed meanwhile.
     *
     * @throws LinuxException if the kernel refuses
     */
    public static Map<Integer, Set<Ip>> snapshot() throws LinuxException {
        try (NetlinkSocket socket = NetlinkSocket.open(0)) {
            List<NetlinkMessage> routes = new ArrayList<>();
            for (int sequence = 1; sequence <= TRIES; sequence++) {
                routes.clear();
                if (Dump.collect(socket, NetlinkRequest.ROUTES, sequence, routes)) {
                    break;
                }
            }
            return byInterface(routes);
        }
    }

    private static Map<Integer, Set<Ip>> byInterface(List<NetlinkMessage> routes) {
        Map<Integer, Set<Ip>> gateways = new HashMap<>();
        for (NetlinkMessage message : routes) {
            if (message instanceof NetlinkMessage.DefaultRoute route) {
                route.hops()
                        .forEach(hop -> gateways.computeIfAbsent(hop.index(), first -> new HashSet<>())
                                .add(hop.gateway()));
            }
        }
        gateways.replaceAll((index, routers) -> Set.copyOf(routers));
        return Map.copyOf(gateways);
    }
}
