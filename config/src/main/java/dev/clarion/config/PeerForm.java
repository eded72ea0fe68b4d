package dev.clarion.config;

import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** {@code bgpPeers}. */
final class PeerForm implements EntryForm<BgpPeer> {
    static final String MY_ASN = "myASN";
    static final String PEER_ASN = "peerASN";
    static final String DYNAMIC_ASN = "dynamicASN";
    static final String LOCAL_ASN = "localASN";
    static final String PEER_ADDRESS = "peerAddress";
    static final String INTERFACE = "interface";
    static final String SOURCE_ADDRESS = "sourceAddress";
    static final String PEER_PORT = "peerPort";
    static final String HOLD_TIME = "holdTime";
    static final String KEEPALIVE_TIME = "keepaliveTime";
    static final String CONNECT_TIME = "connectTime";
    static final String ROUTER_ID = "routerID";
    static final String NODE_SELECTORS = "nodeSelectors";
    static final String PASSWORD_SECRET = "passwordSecret";
    static final String BFD_PROFILE = "bfdProfile";
    static final String GRACEFUL_RESTART = "enableGracefulRestart";
    static final String EBGP_MULTI_HOP = "ebgpMultiHop";
    static final String VRF = "vrf";
    static final String DUAL_STACK = "dualStackAddressFamily";
    static final String PASSIVE = "passive";
    static final String TTL_SECURITY_HOPS = "ttlSecurityHops";
    static final String LONG_LIVED_STALE_TIME = "longLivedStaleTime";
    static final String ROLE = "role";

    static final String PASSWORD = "password";
    static final String DISABLE_MP = "disableMP";
    static final String SECRET_NAME = "name";
    static final String SECRET_NAMESPACE = "namespace";

    private static final long MAX_ASN = 0xffff_ffffL;
    private static final int MAX_PORT = 0xffff;
    private static final long MAX_HOPS = 254;

    private static final List<String> FIELDS = List.of(
            MY_ASN,
            PEER_ASN,
            DYNAMIC_ASN,
            LOCAL_ASN,
            PEER_ADDRESS,
            INTERFACE,
            SOURCE_ADDRESS,
            PEER_PORT,
            HOLD_TIME,
            KEEPALIVE_TIME,
            CONNECT_TIME,
            ROUTER_ID,
            NODE_SELECTORS,
            PASSWORD_SECRET,
            BFD_PROFILE,
            GRACEFUL_RESTART,
            EBGP_MULTI_HOP,
            VRF,
            DUAL_STACK,
            PASSIVE,
            TTL_SECURITY_HOPS,
            LONG_LIVED_STALE_TIME,
            ROLE);
    private static final Map<String, String> REFUSED = Map.of(
            PASSWORD,
            "a password does not belong where everybody can read it; put it into a Secret of type"
                    + " kubernetes.io/basic-auth, key 'password', and name that: passwordSecret: {name: ...}",
            DISABLE_MP,
            "'disableMP' has no effect, in MetalLB neither; take it out");

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Map<String, String> refused() {
        return REFUSED;
    }

    @Override
    public Optional<BgpPeer> read(String name, FieldReader fields) {
        OptionalLong myAsn = asn(fields, MY_ASN);
        fields.need(List.of(MY_ASN));
        exactlyOne(fields, PEER_ASN, DYNAMIC_ASN);
        exactlyOne(fields, PEER_ADDRESS, INTERFACE);
        Optional<RemoteAs> peerAs = peerAs(fields);
        Optional<Neighbor> neighbor = neighbor(fields);
        PeerTimes times = PeerTimes.read(fields);
        OptionalLong localAsn = asn(fields, LOCAL_ASN);
        Optional<Ip> source = fields.one(SOURCE_ADDRESS, (node, path) -> fields.ip(node, path, PeerForm::notSource));
        int port = fields.number(PEER_PORT, 1, MAX_PORT, BgpPeer.DEFAULT_PORT);
        Optional<Ip> routerId = fields.one(ROUTER_ID, (node, path) -> fields.ip(node, path, PeerForm::notRouterId));
        List<LabelSelector> nodes = SelectorForm.readAll(fields, NODE_SELECTORS);
        Optional<SecretReference> secret = fields.one(PASSWORD_SECRET, (node, path) -> secret(fields, node, path));
        Optional<String> bfd = fields.one(BFD_PROFILE, (node, path) -> fields.name(node, path, NameRule.OBJECT));
        boolean graceful = fields.bool(GRACEFUL_RESTART, false);
        boolean multiHop = fields.bool(EBGP_MULTI_HOP, false);
        Optional<String> vrf = fields.one(VRF, (node, path) -> fields.name(node, path, NameRule.INTERFACE));
        boolean dualStack = fields.bool(DUAL_STACK, false);
        boolean passive = fields.bool(PASSIVE, false);
        OptionalInt ttlSecurityHops = hops(fields);
        Optional<PeerRole> role = fields.choice(ROLE, List.of(PeerRole.values()), PeerRole::text);
        if (myAsn.isEmpty() || peerAs.isEmpty() || neighbor.isEmpty()) {
            return Optional.empty();
        }
        BgpPeer peer = new BgpPeer(
                name,
                myAsn.getAsLong(),
                peerAs.get(),
                localAsn,
                neighbor.get(),
                source,
                port,
                times.hold(),
                times.keepalive(),
                times.connect(),
                routerId,
                nodes,
                secret,
                bfd,
                graceful,
                multiHop,
                vrf,
                dualStack,
                passive,
                ttlSecurityHops,
                times.stale(),
                role);
        contradictions(peer, fields);
        return Optional.of(peer);
    }

    private static OptionalLong asn(FieldReader fields, String key) {
        return fields.number(key, 1, MAX_ASN, ProblemReason.BAD_ASN, "such as 64513");
    }

    private static OptionalInt hops(FieldReader fields) {
        OptionalLong hops = fields.number(TTL_SECURITY_HOPS, 1, MAX_HOPS);
        return hops.isPresent() ? OptionalInt.of((int) hops.getAsLong()) : OptionalInt.empty();
    }

    private static void exactlyOne(FieldReader fields, String one, String other) {
        if (!fields.has(one) && !fields.has(other)) {
            fields.missing(one);
        } else if (fields.has(one) && fields.has(other)) {
            String message = "'" + one + "' is there too; one of the two must go";
            fields.error(ProblemReason.CONTRADICTION, fields.position(other), other, message);
        }
    }

    private static Optional<RemoteAs> peerAs(FieldReader fields) {
        OptionalLong number = asn(fields, PEER_ASN);
        Optional<RemoteAs.Dynamic> dynamic =
                fields.choice(DYNAMIC_ASN, List.of(RemoteAs.Dynamic.values()), RemoteAs.Dynamic::text);
        return number.isPresent() ? Optional.of(new RemoteAs.Fixed(number.getAsLong())) : dynamic.map(as -> as);
    }

    private static Optional<Neighbor> neighbor(FieldReader fields) {
        Optional<Ip> address = fields.one(PEER_ADDRESS, (node, path) -> fields.ip(node, path, PeerForm::notPeer));
        Optional<String> named = fields.one(INTERFACE, (node, path) -> fields.name(node, path, NameRule.INTERFACE));
        return address.<Neighbor>map(Neighbor.Address::new).or(() -> named.map(Neighbor.OnInterface::new));
    }

    private static Optional<String> notUnicast(Ip ip) {
        return ip.isUnspecified() || ip.isMulticast() || ip.isLimitedBroadcast()
                ? Optional.of("is not one router's address")
                : Optional.empty();
    }

    private static Optional<String> notPeer(Ip ip) {
        return notUnicast(ip)
                .or(() -> ip.isLinkLocal()
                        ? Optional.of("is link-local; give the interface instead, as 'interface: eth0'")
                        : Optional.empty());
    }

    private static Optional<String> notSource(Ip ip) {
        return notUnicast(ip)
                .or(() -> ip.isLinkLocal()
                        ? Optional.of("is link-local; sessions by 'interface' find theirs by themselves")
                        : Optional.empty());
    }

    /** RFC 6286: any number but zero, written as IPv4. */
    private static Optional<String> notRouterId(Ip ip) {
        return ip.family() == IpFamily.IPV6 || ip.isUnspecified()
                ? Optional.of("is no router ID; write one in the form of an IPv4 address, not 0.0.0.0")
                : Optional.empty();
    }

    private static Optional<SecretReference> secret(FieldReader parent, Node node, String path) {
        return parent.mapping(node, path, List.of(SECRET_NAME, SECRET_NAMESPACE))
                .flatMap(fields -> {
                    fields.need(List.of(SECRET_NAME));
                    Optional<String> namespace =
                            fields.one(SECRET_NAMESPACE, (inner, at) -> fields.name(inner, at, NameRule.LABEL));
                    return fields.one(SECRET_NAME, (inner, at) -> fields.name(inner, at, NameRule.OBJECT))
                            .map(name -> new SecretReference(namespace, name));
                });
    }

    private static void contradictions(BgpPeer peer, FieldReader fields) {
        boolean internal =
                peer.peerAs() == RemoteAs.Dynamic.INTERNAL || peer.peerAs().equals(new RemoteAs.Fixed(peer.myAsn()));
        if (peer.ebgpMultiHop() && internal) {
            contradiction(fields, EBGP_MULTI_HOP, "is for peers of another AS; this one is in our own");
        }
        if (peer.ebgpMultiHop() && peer.peerAddress().isEmpty()) {
            contradiction(fields, EBGP_MULTI_HOP, "is for peers with an address; an interface reaches one hop only");
        }
        if (peer.ebgpMultiHop() && peer.ttlSecurityHops().isPresent()) {
            contradiction(
                    fields, EBGP_MULTI_HOP, "and 'ttlSecurityHops' exclude each other; the latter says how far too");
        }
        if (peer.longLivedStaleTime().isPresent() && !peer.enableGracefulRestart()) {
            contradiction(fields, LONG_LIVED_STALE_TIME, "needs 'enableGracefulRestart: true'");
        }
        if (peer.role().isPresent() && internal) {
            contradiction(fields, ROLE, "is for peers of another AS; this one is in our own");
        }
        peer.sourceAddress().ifPresent(source -> {
            boolean sameFamily = peer.peerAddress()
                    .map(address -> address.family() == source.family())
                    .orElse(false);
            if (!sameFamily) {
                contradiction(fields, SOURCE_ADDRESS, "must be of the family of 'peerAddress'");
            }
        });
        if (internal && peer.localAsn().isPresent() && peer.localAsn().getAsLong() != peer.myAsn()) {
            contradiction(fields, LOCAL_ASN, "is for peers of another AS; this one is in our own");
        }
    }

    private static void contradiction(FieldReader fields, String key, String words) {
        fields.error(ProblemReason.CONTRADICTION, fields.position(key), key, "'" + key + "' " + words);
    }

    @Override
    public void write(BgpPeer peer, YamlWriter yaml) {
        yaml.plain(MY_ASN, peer.myAsn());
        switch (peer.peerAs()) {
            case RemoteAs.Fixed(long asn) -> yaml.plain(PEER_ASN, asn);
            case RemoteAs.Dynamic dynamic -> yaml.text(DYNAMIC_ASN, dynamic.text());
        }
        peer.localAsn().ifPresent(asn -> yaml.plain(LOCAL_ASN, asn));
        switch (peer.neighbor()) {
            case Neighbor.Address(Ip ip) -> yaml.text(PEER_ADDRESS, ip);
            case Neighbor.OnInterface(String named) -> yaml.text(INTERFACE, named);
        }
        peer.sourceAddress().ifPresent(ip -> yaml.text(SOURCE_ADDRESS, ip));
        if (peer.peerPort() != BgpPeer.DEFAULT_PORT) {
            yaml.plain(PEER_PORT, peer.peerPort());
        }
        yaml.text(HOLD_TIME, time(peer.holdTime()));
        peer.keepaliveTime().ifPresent(time -> yaml.text(KEEPALIVE_TIME, time(time)));
        peer.connectTime().ifPresent(time -> yaml.text(CONNECT_TIME, time(time)));
        peer.routerId().ifPresent(ip -> yaml.text(ROUTER_ID, ip));
        SelectorForm.writeAll(yaml, NODE_SELECTORS, peer.nodeSelectors());
        peer.passwordSecret()
                .ifPresent(secret -> yaml.mapping(PASSWORD_SECRET, inner -> {
                    inner.text(SECRET_NAME, secret.name());
                    secret.namespace().ifPresent(namespace -> inner.text(SECRET_NAMESPACE, namespace));
                }));
        peer.bfdProfile().ifPresent(profile -> yaml.text(BFD_PROFILE, profile));
        flag(yaml, GRACEFUL_RESTART, peer.enableGracefulRestart());
        flag(yaml, EBGP_MULTI_HOP, peer.ebgpMultiHop());
        peer.vrf().ifPresent(vrf -> yaml.text(VRF, vrf));
        flag(yaml, DUAL_STACK, peer.dualStackAddressFamily());
        flag(yaml, PASSIVE, peer.passive());
        peer.ttlSecurityHops().ifPresent(hops -> yaml.plain(TTL_SECURITY_HOPS, hops));
        peer.longLivedStaleTime().ifPresent(time -> yaml.text(LONG_LIVED_STALE_TIME, time(time)));
        peer.role().ifPresent(role -> yaml.text(ROLE, role.text()));
    }

    private static String time(Duration time) {
        return time.toSeconds() + "s";
    }

    private static void flag(YamlWriter yaml, String key, boolean set) {
        if (set) {
            yaml.plain(key, true);
        }
    }
}
