package dev.clarion.arpndp;

import dev.clarion.arpndp.fsm.Askers;
import dev.clarion.arpndp.fsm.Neighbour;
import dev.clarion.arpndp.fsm.Neighbourhood;
import dev.clarion.arpndp.fsm.Sighting;
import dev.clarion.arpndp.wire.ArpPacket;
import dev.clarion.arpndp.wire.Frame;
import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The gateways of one interface, and who asked on it lately. Guarded by its segment's lock. */
final class Neighbours implements Neighbourhood {

    /** No segment has more; a table that says so is wrong. */
    private static final int MOST_GATEWAYS = 8;

    private final Askers askers;
    private List<Ip> gateways = List.of();

    /** The link-layer addresses of gateways, as last heard. */
    private final Map<Ip, Mac> heard = new HashMap<>();

    Neighbours(int budget) {
        this.askers = new Askers(budget);
    }

    /** These are the gateways now; whether one is among them that was not there before. */
    boolean gateways(Set<Ip> now) {
        List<Ip> next = now.stream().sorted().limit(MOST_GATEWAYS).toList();
        boolean more = !gateways.containsAll(next);
        gateways = next;
        heard.keySet().retainAll(next);
        return more;
    }

    /**
     * Learns from a frame.
     *
     * @param frame what was received
     * @param seen what it tells
     * @param interesting for which addresses it matters who asks
     */
    void learn(Frame frame, Sighting seen, Predicate<Ip> interesting) {
        if (seen instanceof Sighting.Wants) {
            return;
        }
        if (gateways.contains(seen.address())) {
            heard.put(seen.address(), seen.mac());
        }
        asked(frame)
                .filter(interesting)
                .ifPresent(address -> askers.asked(address, seen.address(), seen.mac(), System.nanoTime()));
    }

    /** The address that a frame asks for, if it asks. */
    static Optional<Ip> asked(Frame frame) {
        return switch (frame) {
            case Frame.Arp arp ->
                arp.packet().operation() == ArpPacket.Operation.REQUEST
                        ? Optional.of(arp.packet().targetIp())
                        : Optional.empty();
            case Frame.Solicitation solicitation ->
                Optional.of(solicitation.message().target());
            case Frame.Advertisement advertisement -> Optional.empty();
        };
    }

    @Override
    public List<Neighbour> of(Ip address) {
        Stream<Neighbour> first = gateways.stream()
                .filter(gateway -> gateway.family() == address.family())
                .map(gateway ->
                        new Neighbour(gateway, Optional.ofNullable(heard.get(gateway)), Neighbour.Role.GATEWAY));
        Stream<Neighbour> then =
                askers.of(address, System.nanoTime()).stream().filter(asker -> !gateways.contains(asker.ip()));
        return Stream.concat(first, then).toList();
    }

    boolean isGateway(Ip ip) {
        return gateways.contains(ip);
    }
}
