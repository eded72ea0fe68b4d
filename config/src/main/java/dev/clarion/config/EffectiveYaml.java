package dev.clarion.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The published form of a configuration, for key {@code effective.yaml}: the keys of {@code config.yaml}, with every
 * default written out, {@code generation}, and {@code keptFrom} on entries that are in force in an older form.
 */
public final class EffectiveYaml {
    private static final String GENERATION = "generation";
    private static final String KEPT_FROM = "keptFrom";
    /** Plain in YAML, and text to every YAML reader; all else is quoted. */
    private static final Pattern PLAIN = Pattern.compile("[a-z][-a-z0-9]*|[0-9]+\\.[0-9]+\\.[0-9]+\\.[-./0-9]+");

    private static final Set<String> NOT_TEXT = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private EffectiveYaml() {}

    /** The text of a configuration; equal configurations have equal texts. */
    public static String write(EffectiveConfig effective) {
        StringBuilder yaml =
                new StringBuilder("# What is in force, written by Clarion's controller. To change it, edit ConfigMap "
                        + Names.CONFIG_MAP + ".\n");
        yaml.append(GENERATION + ": ").append(effective.generation()).append('\n');
        Config config = effective.config();
        section(yaml, Section.IP_ADDRESS_POOLS, config.ipAddressPools(), effective);
        section(yaml, Section.L2_ADVERTISEMENTS, config.l2Advertisements(), effective);
        section(yaml, Section.BGP_PEERS, config.bgpPeers(), effective);
        section(yaml, Section.BGP_ADVERTISEMENTS, config.bgpAdvertisements(), effective);
        return yaml.toString();
    }

    private static void section(
            StringBuilder yaml, Section section, List<? extends ConfigEntry> entries, EffectiveConfig effective) {
        yaml.append(section.key()).append(entries.isEmpty() ? ": []\n" : ":\n");
        for (ConfigEntry entry : entries) {
            yaml.append("- name: ").append(scalar(entry.name())).append('\n');
            effective.keptFrom(entry.key()).ifPresent(from -> field(yaml, KEPT_FROM, Long.toString(from)));
            switch (entry) {
                case IpAddressPool pool -> {
                    list(yaml, "addresses", pool.ranges());
                    field(yaml, "autoAssign", Boolean.toString(pool.autoAssign()));
                }
                case L2Advertisement l2 -> list(yaml, "ipAddressPools", l2.ipAddressPools());
                case BgpPeer peer -> {
                    field(yaml, "myASN", Long.toString(peer.myAsn()));
                    peer.peerAsn().ifPresent(asn -> field(yaml, "peerASN", Long.toString(asn)));
                    peer.peerAddress().ifPresent(ip -> field(yaml, "peerAddress", scalar(ip.toString())));
                    field(yaml, "holdTime", peer.holdTime().toSeconds() + "s");
                }
                case BgpAdvertisement bgp -> {
                    list(yaml, "ipAddressPools", bgp.ipAddressPools());
                    list(yaml, "peers", bgp.peers());
                }
                case BfdProfile profile -> {}
                case CommunityAlias alias -> {}
                case Reservation reservation -> {}
                case Quota quota -> {}
            }
        }
    }

    private static void field(StringBuilder yaml, String key, String value) {
        yaml.append("  ").append(key).append(": ").append(value).append('\n');
    }

    private static void list(StringBuilder yaml, String key, List<?> items) {
        yaml.append("  ").append(key).append(items.isEmpty() ? ": []\n" : ":\n");
        for (Object item : items) {
            yaml.append("  - ").append(scalar(item.toString())).append('\n');
        }
    }

    private static String scalar(String text) {
        return PLAIN.matcher(text).matches() && !NOT_TEXT.contains(text) ? text : '"' + text + '"';
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws ConfigException if it is anything else: then nobody should act on it
     */
    public static EffectiveConfig read(String yaml) throws ConfigException {
        List<Problem> problems = new ArrayList<>();
        try {
            Optional<Node> root = TreeBuilder.build(yaml);
            if (root.isEmpty() || !(root.get() instanceof Node.Mapping mapping)) {
                throw new ConfigException(Names.EFFECTIVE_KEY + " is no mapping of lists");
            }
            long generation = number(mapping, GENERATION)
                    .orElseThrow(() -> new ConfigException(Names.EFFECTIVE_KEY + " has no generation"));
            Map<EntryKey, Long> kept = new HashMap<>();
            Node.Mapping plain = withoutOrigins(mapping.without(GENERATION), kept);
            Reading.Document document = new DocumentReader(problems).read(plain);
            Publication publication = new Resolver(EffectiveConfig.NONE, document).resolve();
            problems.addAll(publication.problems());
            refuse(problems);
            return new EffectiveConfig(generation, publication.effective().config(), kept);
        } catch (UnreadableException unreadable) {
            throw new ConfigException(unreadable.problem().toString().replace(Names.CONFIG_KEY, Names.EFFECTIVE_KEY));
        }
    }

    private static void refuse(List<Problem> problems) throws ConfigException {
        Optional<Problem> error = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .findFirst();
        if (error.isPresent()) {
            throw new ConfigException(error.get().toString().replaceFirst(Names.CONFIG_KEY, Names.EFFECTIVE_KEY));
        }
    }

    /** Takes {@code keptFrom} out of the entries, so that what is left is in the users' own syntax. */
    private static Node.Mapping withoutOrigins(Node.Mapping root, Map<EntryKey, Long> kept) throws ConfigException {
        List<Node.Field> fields = new ArrayList<>();
        for (Node.Field field : root.fields()) {
            if (!(field.value() instanceof Node.Sequence sequence)) {
                fields.add(field);
                continue;
            }
            List<Node> items = new ArrayList<>();
            for (Node item : sequence.items()) {
                if (item instanceof Node.Mapping entry) {
                    origin(field.key(), entry, kept);
                    items.add(entry.without(KEPT_FROM));
                } else {
                    items.add(item);
                }
            }
            fields.add(new Node.Field(field.position(), field.key(), new Node.Sequence(sequence.position(), items)));
        }
        return new Node.Mapping(root.position(), fields);
    }

    private static void origin(String list, Node.Mapping entry, Map<EntryKey, Long> kept) throws ConfigException {
        Optional<Long> from = number(entry, KEPT_FROM);
        Optional<String> name = FieldReader.nameOf(entry);
        for (Section section : Section.values()) {
            if (section.key().equals(list) && from.isPresent() && name.isPresent()) {
                kept.put(new EntryKey(section, name.get()), from.get());
            }
        }
    }

    private static Optional<Long> number(Node.Mapping mapping, String key) throws ConfigException {
        Optional<Node.Field> field = mapping.first(key);
        if (field.isEmpty()) {
            return Optional.empty();
        }
        if (field.get().value() instanceof Node.Scalar scalar && scalar.text().matches("[0-9]{1,18}")) {
            return Optional.of(Long.parseLong(scalar.text()));
        }
        throw new ConfigException(
                Names.EFFECTIVE_KEY + ":" + field.get().position().line() + " " + key + " is no number");
    }
}
