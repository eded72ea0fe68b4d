package dev.clarion.bgp;

import dev.clarion.bgp.wire.As4Path;
import dev.clarion.bgp.wire.AsPath;
import dev.clarion.bgp.wire.Attribute;
import dev.clarion.bgp.wire.Communities;
import dev.clarion.bgp.wire.ExtendedCommunities;
import dev.clarion.bgp.wire.LargeCommunities;
import dev.clarion.bgp.wire.LinkBandwidth;
import dev.clarion.bgp.wire.LocalPref;
import dev.clarion.bgp.wire.OnlyToCustomer;
import dev.clarion.bgp.wire.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The path attributes of routes that begin here, but for those about the next hop (RFC 4271 section 5.1). */
final class OwnAttributes {
    private static final long USUAL_LOCAL_PREF = 100;

    private static final Comparator<LargeCommunities.Value> LARGE_ORDER = Comparator.comparingLong(
                    LargeCommunities.Value::global)
            .thenComparingLong(LargeCommunities.Value::first)
            .thenComparingLong(LargeCommunities.Value::second);

    private OwnAttributes() {}

    static List<Attribute> of(ExportPolicy policy, PathAttributes wishes) {
        boolean external = policy.context().external();
        AsPath path = external ? AsPath.of(policy.localAs()) : AsPath.EMPTY;
        List<Attribute> attributes = new ArrayList<>(List.of(Origin.IGP, path));
        if (!external) {
            // Nobody need look at the community to leave these routes alone (RFC 8326 section 4.1).
            long preference = policy.leaving() ? 0 : wishes.localPref().orElse(USUAL_LOCAL_PREF);
            attributes.add(new LocalPref(preference));
        }
        if (!policy.context().fourOctetAs() && path.needsFourOctets()) {
            attributes.add(new As4Path(path.segments()));
        }
        PathAttributes marked = policy.leaving() ? wishes.with(Set.of(Community.GRACEFUL_SHUTDOWN)) : wishes;
        addCommunities(attributes, marked.with(bandwidth(policy, wishes)).communities());
        if (policy.onlyToCustomer()) {
            attributes.add(new OnlyToCustomer(policy.localAs()));
        }
        return attributes;
    }

    /**
     * Whoever takes off what is not to cross the border of an AS would do so with our routes too, since they come from
     * another one; within the AS the form that every router knows.
     */
    private static Set<Community> bandwidth(ExportPolicy policy, PathAttributes wishes) {
        if (wishes.bandwidth().isEmpty()) {
            return Set.of();
        }
        boolean external = policy.context().external();
        long octets = wishes.bandwidth().getAsLong();
        return Set.of(new Community.Extended(LinkBandwidth.of(external, policy.localAs(), octets)));
    }

    /** Each kind in its attribute, sorted: equal sets are then equal octets. */
    private static void addCommunities(List<Attribute> attributes, Set<Community> communities) {
        List<Long> standard = pick(communities, Community.Standard.class)
                .map(mark -> (long) mark.high() << 16 | mark.low())
                .sorted()
                .toList();
        if (!standard.isEmpty()) {
            attributes.add(new Communities(standard));
        }
        List<Long> extended = pick(communities, Community.Extended.class)
                .map(Community.Extended::value)
                .sorted(Long::compareUnsigned)
                .toList();
        if (!extended.isEmpty()) {
            attributes.add(new ExtendedCommunities(extended));
        }
        List<LargeCommunities.Value> large = pick(communities, Community.Large.class)
                .map(mark -> new LargeCommunities.Value(mark.global(), mark.first(), mark.second()))
                .sorted(LARGE_ORDER)
                .toList();
        if (!large.isEmpty()) {
            attributes.add(new LargeCommunities(large));
        }
    }

    private static <C extends Community> Stream<C> pick(Set<Community> communities, Class<C> kind) {
        return communities.stream().filter(kind::isInstance).map(kind::cast);
    }
}
