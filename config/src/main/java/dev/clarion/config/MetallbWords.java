package dev.clarion.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The words of MetalLB's ConfigMap for our fields, with those of its first releases, both ways: entries are read under
 * our names, and what is wrong with them is told under theirs.
 */
final class MetallbWords {
    /** {@code address-pools}, besides what becomes an advertisement. */
    static final MetallbWords POOL = new MetallbWords(
            Map.of(
                    "addresses", PoolForm.ADDRESSES,
                    "auto-assign", PoolForm.AUTO_ASSIGN,
                    "avoid-buggy-ips", PoolForm.AVOID_BUGGY_IPS),
            Map.of("cidr", "addresses"));
    /** {@code bgp-advertisements} of a pool. */
    static final MetallbWords BGP = new MetallbWords(
            Map.of(
                    "aggregation-length", BgpForm.AGGREGATION_LENGTH,
                    "aggregation-length-v6", BgpForm.AGGREGATION_LENGTH_V6,
                    "localpref", BgpForm.LOCAL_PREF,
                    "communities", BgpForm.COMMUNITIES),
            Map.of());
    /** {@code peers}. */
    static final MetallbWords PEER = new MetallbWords(
            Map.ofEntries(
                    Map.entry("my-asn", PeerForm.MY_ASN),
                    Map.entry("peer-asn", PeerForm.PEER_ASN),
                    Map.entry("peer-address", PeerForm.PEER_ADDRESS),
                    Map.entry("source-address", PeerForm.SOURCE_ADDRESS),
                    Map.entry("peer-port", PeerForm.PEER_PORT),
                    Map.entry("hold-time", PeerForm.HOLD_TIME),
                    Map.entry("keepalive-time", PeerForm.KEEPALIVE_TIME),
                    Map.entry("router-id", PeerForm.ROUTER_ID),
                    Map.entry("node-selectors", PeerForm.NODE_SELECTORS),
                    Map.entry("password", PeerForm.PASSWORD),
                    Map.entry("bfd-profile", PeerForm.BFD_PROFILE),
                    Map.entry("ebgp-multihop", PeerForm.EBGP_MULTI_HOP)),
            Map.of("bfdProfile", "bfd-profile"));
    /** {@code node-selectors} of a peer. */
    static final MetallbWords SELECTOR = new MetallbWords(
            Map.of(
                    "match-labels", SelectorForm.MATCH_LABELS,
                    "match-expressions", SelectorForm.MATCH_EXPRESSIONS),
            Map.of());
    /** {@code bfd-profiles}. */
    static final MetallbWords BFD = new MetallbWords(
            Map.of(
                    "receive-interval", BfdForm.RECEIVE_INTERVAL,
                    "transmit-interval", BfdForm.TRANSMIT_INTERVAL,
                    "detect-multiplier", BfdForm.DETECT_MULTIPLIER,
                    "echo-interval", BfdForm.ECHO_INTERVAL,
                    "echo-mode", BfdForm.ECHO_MODE,
                    "passive-mode", BfdForm.PASSIVE_MODE,
                    "minimum-ttl", BfdForm.MINIMUM_TTL),
            Map.of());

    /** Values that YAML 1.1, which MetalLB reads, takes for truth values. */
    private static final Set<String> YES = Set.of("y", "yes", "on");

    private static final Set<String> NO = Set.of("n", "no", "off");
    private static final Set<String> TRUTH_VALUES = Set.of(
            PoolForm.AUTO_ASSIGN,
            PoolForm.AVOID_BUGGY_IPS,
            PeerForm.EBGP_MULTI_HOP,
            BfdForm.ECHO_MODE,
            BfdForm.PASSIVE_MODE);

    private final Map<String, String> ours;
    private final Map<String, String> old;
    private final Map<String, String> theirs = new HashMap<>();

    private MetallbWords(Map<String, String> ours, Map<String, String> old) {
        this.ours = Map.copyOf(ours);
        this.old = Map.copyOf(old);
        ours.forEach((their, our) -> theirs.put(our, their));
    }

    /**
     * The mapping with our names for the fields; notes those that nobody knows.
     *
     * @param base the path of the mapping within the entry, in their words
     * @param others keys that somebody else reads
     */
    Node.Mapping translate(Node.Mapping mapping, Notes notes, String base, Set<String> others) {
        List<Node.Field> fields = new ArrayList<>();
        for (Node.Field field : mapping.fields()) {
            String key = field.key();
            if (others.contains(key)) {
                continue;
            }
            String path = (base.isEmpty() ? "" : base + ".") + Shown.text(key, 80);
            String word = old.getOrDefault(key, key);
            if (!word.equals(key)) {
                String message = Shown.quoted(key) + " is read as '" + word + "'; write that";
                notes.warning(ProblemReason.UNKNOWN_KEY, field.position(), path, message);
            }
            String our = ours.get(word);
            if (our != null) {
                fields.add(new Node.Field(field.position(), our, truth(our, field.value())));
            } else {
                List<String> known = new ArrayList<>(ours.keySet());
                known.addAll(others);
                String advice = Suggestion.advice(key, known.stream().sorted().toList());
                notes.error(
                        ProblemReason.UNKNOWN_KEY,
                        field.position(),
                        path,
                        key.equals("<<")
                                ? "merge keys are not supported; write the fields out"
                                : "unknown key " + Shown.quoted(key) + advice);
            }
        }
        return new Node.Mapping(mapping.position(), fields);
    }

    private static Node truth(String key, Node value) {
        if (!TRUTH_VALUES.contains(key) || !(value instanceof Node.Scalar scalar)) {
            return value;
        }
        String word = scalar.text().toLowerCase(Locale.ROOT);
        boolean known = YES.contains(word) || NO.contains(word);
        return known
                ? new Node.Scalar(scalar.position(), Node.Kind.BOOLEAN, String.valueOf(YES.contains(word)))
                : value;
    }

    /** What is wrong with an entry of the ConfigMap, in its words. */
    static Problem retell(Problem problem, Reading.Place place) {
        List<MetallbWords> words = of(place.section());
        String inside = problem.path().startsWith(place.path() + ".")
                ? problem.path().substring(place.path().length() + 1)
                : "";
        String message = problem.message();
        for (MetallbWords some : words) {
            for (Map.Entry<String, String> word : some.theirs.entrySet()) {
                message = message.replace("'" + word.getKey() + "'", "'" + word.getValue() + "'");
            }
        }
        return new Problem(
                problem.severity(),
                problem.reason(),
                problem.origin(),
                problem.object(),
                inside.isEmpty() ? problem.path() : place.path() + "." + retell(inside, words),
                problem.line(),
                problem.column(),
                message);
    }

    private static List<MetallbWords> of(Section section) {
        return switch (section) {
            case IP_ADDRESS_POOLS -> List.of(POOL);
            case BGP_ADVERTISEMENTS -> List.of(BGP);
            case BGP_PEERS -> List.of(PEER, SELECTOR);
            case BFD_PROFILES -> List.of(BFD);
            case L2_ADVERTISEMENTS, COMMUNITIES, RESERVATIONS, QUOTAS -> List.of();
        };
    }

    private static String retell(String path, List<MetallbWords> words) {
        List<String> steps = new ArrayList<>();
        for (String step : path.split("\\.", -1)) {
            int bracket = step.indexOf('[');
            String key = bracket < 0 ? step : step.substring(0, bracket);
            String rest = bracket < 0 ? "" : step.substring(bracket);
            String their = key;
            for (MetallbWords some : words) {
                their = some.theirs.getOrDefault(key, their);
            }
            steps.add(their + rest);
        }
        return String.join(".", steps);
    }
}
