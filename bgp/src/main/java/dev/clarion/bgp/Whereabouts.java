package dev.clarion.bgp;

import dev.clarion.bgp.fsm.BgpReason;
import dev.clarion.net.Ip;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Where a peer is to be found just now. */
sealed interface Whereabouts {
    /**
     * Here.
     *
     * @param scope the index of the interface that a link-local address is on; 0 for any other address
     */
    record Here(Ip ip, int scope) implements Whereabouts {}

    /** Nobody knows, for this reason. */
    record Unknown(BgpReason reason, String detail) implements Whereabouts {}

    /**
     * Looks a peer up.
     *
     * @param last where it was last time. A router that is still there stays the one that is meant, whoever else turns up:
     *     to go from one to the other and back would cost a session each time
     */
    static Whereabouts of(PeerConfig config, Neighbors neighbors, Optional<Ip> last) {
        return switch (config.place()) {
            case PeerPlace.Address(Ip ip)
            when Sockets.needsScope(ip) -> {
                String device = config.device().orElseThrow();
                OptionalInt index = neighbors.index(device);
                yield index.isPresent() ? new Here(ip, index.getAsInt()) : noInterface(device);
            }
            case PeerPlace.Address(Ip ip) -> new Here(ip, 0);
            case PeerPlace.Interface(String name) -> {
                OptionalInt index = neighbors.index(name);
                yield index.isPresent()
                        ? choose(name, index.getAsInt(), neighbors.routers(index.getAsInt()), last)
                        : noInterface(name);
            }
        };
    }

    private static Whereabouts choose(String name, int index, Set<Ip> routers, Optional<Ip> last) {
        if (last.isPresent() && routers.contains(last.get())) {
            return new Here(last.get(), index);
        }
        return switch (routers.size()) {
            case 0 -> new Unknown(BgpReason.NO_NEIGHBOR, "no router advertises itself on " + name);
            case 1 -> new Here(routers.iterator().next(), index);
            default ->
                new Unknown(
                        BgpReason.SEVERAL_NEIGHBORS,
                        "several routers advertise themselves on " + name + ": " + new TreeSet<>(routers)
                                + "; give the peer's address instead of the interface");
        };
    }

    private static Whereabouts noInterface(String name) {
        return new Unknown(BgpReason.NO_INTERFACE, "there is no interface " + name);
    }
}
