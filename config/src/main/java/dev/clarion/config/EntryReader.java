package dev.clarion.config;

import dev.clarion.net.IpRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of a list: the fields that each kind has, and those that MetalLB has and we do not have yet. */
final class EntryReader {
    private EntryReader() {}

    static Reading.Entry read(Section section, int index, Node node, List<Problem> problems) {
        Optional<String> name = FieldReader.nameOf(node);
        Reading.Place place = new Reading.Place(
                section, index, name, node.position().line(), node.position().column());
        FieldReader fields = new FieldReader(place, problems);
        if (!(node instanceof Node.Mapping mapping)) {
            fields.error(
                    ProblemReason.WRONG_TYPE, node.position(), "", "this is " + node.type() + "; begin with 'name:'");
            return new Reading.Bad(place);
        }
        fields.open(mapping, known(section), notYet(section));
        fields.checkName();
        Optional<? extends ConfigEntry> value = switch (section) {
            case IP_ADDRESS_POOLS -> pool(fields);
            case L2_ADVERTISEMENTS -> l2(fields);
            case BGP_PEERS -> peer(fields);
            case BGP_ADVERTISEMENTS -> bgp(fields);
            case BFD_PROFILES, COMMUNITIES, RESERVATIONS, QUOTAS -> Optional.<ConfigEntry>empty();
        };
        if (fields.isBad() || value.isEmpty()) {
            return new Reading.Bad(place);
        }
        return new Reading.Good(place, value.get(), fields.spots());
    }

    private static Set<String> known(Section section) {
        return switch (section) {
            case IP_ADDRESS_POOLS -> Set.of("name", "addresses", "autoAssign");
            case L2_ADVERTISEMENTS -> Set.of("name", "ipAddressPools");
            case BGP_PEERS -> Set.of("name", "myASN", "peerASN", "peerAddress", "holdTime");
            case BGP_ADVERTISEMENTS -> Set.of("name", "ipAddressPools", "peers");
            case BFD_PROFILES, COMMUNITIES, RESERVATIONS, QUOTAS -> Set.of();
        };
    }

    /** MetalLB 0.16's fields. To pass over one would silently change what the entry means, so it is an error. */
    private static Set<String> notYet(Section section) {
        return switch (section) {
            case IP_ADDRESS_POOLS -> Set.of("avoidBuggyIPs", "serviceAllocation");
            case L2_ADVERTISEMENTS ->
                Set.of(
                        "ipAddressPoolSelectors",
                        "nodeSelectors",
                        "interfaces",
                        "serviceSelectors",
                        "preferredNodeSelectors");
            case BGP_PEERS ->
                Set.of(
                        "dynamicASN",
                        "localASN",
                        "interface",
                        "sourceAddress",
                        "peerPort",
                        "keepaliveTime",
                        "connectTime",
                        "routerID",
                        "nodeSelectors",
                        "password",
                        "passwordSecret",
                        "bfdProfile",
                        "enableGracefulRestart",
                        "ebgpMultiHop",
                        "vrf",
                        "disableMP",
                        "dualStackAddressFamily");
            case BGP_ADVERTISEMENTS ->
                Set.of(
                        "aggregationLength",
                        "aggregationLengthV6",
                        "localPref",
                        "communities",
                        "ipAddressPoolSelectors",
                        "nodeSelectors",
                        "serviceSelectors");
            case BFD_PROFILES, COMMUNITIES, RESERVATIONS, QUOTAS -> Set.of();
        };
    }

    private static Optional<IpAddressPool> pool(FieldReader fields) {
        List<IpRange> ranges = new PoolAddresses(fields).read();
        boolean autoAssign = fields.bool("autoAssign", true);
        return fields.name().map(name -> new IpAddressPool(name, ranges, autoAssign));
    }

    private static Optional<L2Advertisement> l2(FieldReader fields) {
        List<String> pools = fields.names("ipAddressPools");
        return fields.name().map(name -> new L2Advertisement(name, pools));
    }

    private static Optional<BgpAdvertisement> bgp(FieldReader fields) {
        List<String> pools = fields.names("ipAddressPools");
        List<String> peers = fields.names("peers");
        return fields.name().map(name -> new BgpAdvertisement(name, pools, peers));
    }

    private static Optional<BgpPeer> peer(FieldReader fields) {
        PeerFields peer = new PeerFields(fields);
        long myAsn = peer.asn("myASN");
        long peerAsn = peer.asn("peerASN");
        var address = peer.address();
        var holdTime = peer.holdTime();
        return fields.name()
                .flatMap(name -> address.map(router -> new BgpPeer(name, myAsn, peerAsn, router, holdTime)));
    }
}
