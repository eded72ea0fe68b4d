package dev.clarion.bgp;

import dev.clarion.bgp.wire.Announcement;
import dev.clarion.bgp.wire.Family;
import dev.clarion.bgp.wire.UpdatePacker;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import dev.clarion.net.Prefix;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Routes as a peer shall have them, and those it cannot have.
 *
 * @param announced what is said about each prefix; equal announcements are one object
 * @param unsendable the other prefixes
 */
record Export(Map<Prefix, Announcement> announced, Map<Prefix, Unsendable> unsendable) {
    /** Nothing at all. */
    static final Export NOTHING = new Export(Map.of(), Map.of());

    /** Takes copies of the maps. */
    Export {
        announced = Map.copyOf(announced);
        unsendable = Map.copyOf(unsendable);
    }

    /** The routes under a policy. Pure: the same again for the same. */
    static Export of(ExportPolicy policy, Set<Route> routes) {
        return new Exporter(policy).export(routes);
    }

    /** What became of a kind of route: family, next hop and attributes decide. */
    private sealed interface Outcome {
        record Said(Announcement announcement) implements Outcome {}

        record Refused(Unsendable reason) implements Outcome {}
    }

    /** All routes that get the same announcement, or none for the same reason. */
    private record Kind(IpFamily family, Optional<Ip> nextHop, PathAttributes attributes) {}

    private static final class Exporter {
        private final ExportPolicy policy;
        private final UpdatePacker packer;
        private final Map<Kind, Outcome> outcomes = new HashMap<>();

        Exporter(ExportPolicy policy) {
            this.policy = policy;
            this.packer = new UpdatePacker(policy.context());
        }

        Export export(Set<Route> routes) {
            Map<Prefix, Announcement> announced = HashMap.newHashMap(routes.size());
            Map<Prefix, Unsendable> unsendable = new HashMap<>();
            for (Route route : routes) {
                Kind kind = new Kind(route.prefix().family(), route.nextHop(), route.attributes());
                switch (outcomes.computeIfAbsent(kind, this::outcome)) {
                    case Outcome.Said(Announcement announcement) -> announced.put(route.prefix(), announcement);
                    case Outcome.Refused(Unsendable reason) -> unsendable.put(route.prefix(), reason);
                }
            }
            return new Export(announced, unsendable);
        }

        private Outcome outcome(Kind kind) {
            IpFamily family = kind.family();
            if (!policy.families().contains(family)) {
                return new Outcome.Refused(Unsendable.FAMILY_NOT_NEGOTIATED);
            }
            Optional<Hop> hop = kind.nextHop().map(Hop::of).or(() -> policy.nextHop(family));
            if (hop.isEmpty()) {
                return new Outcome.Refused(Unsendable.NO_NEXT_HOP);
            }
            Ip address = hop.get().address();
            if (address.family() != family && !(family == IpFamily.IPV4 && policy.extendedNextHop())) {
                return new Outcome.Refused(Unsendable.NEXT_HOP_OF_OTHER_FAMILY);
            }
            if (policy.forbidden().equals(Optional.of(address))) {
                return new Outcome.Refused(Unsendable.NEXT_HOP_IS_PEER);
            }
            Announcement announcement = new Announcement(
                    Family.unicast(family),
                    address,
                    hop.get().linkLocal(),
                    OwnAttributes.of(policy, kind.attributes()));
            return packer.room(announcement) < 1 + family.bits() / 8
                    ? new Outcome.Refused(Unsendable.ATTRIBUTES_TOO_LONG)
                    : new Outcome.Said(announcement);
        }
    }
}
