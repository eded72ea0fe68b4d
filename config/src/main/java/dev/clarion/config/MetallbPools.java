package dev.clarion.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code address-pools}: each becomes a pool and its advertisements, which MetalLB's converter names by their order
 * over all pools. An advertisement of which nothing can be told still takes its number.
 */
final class MetallbPools {
    private static final String PROTOCOL = "protocol";
    private static final String ADVERTISEMENTS = "bgp-advertisements";
    private static final String OLD_ADVERTISEMENTS = "advertisements";
    private static final String ARP_NETWORK = "arp-network";
    private static final List<String> PROTOCOLS = List.of("layer2", "bgp");
    private static final Set<String> OTHERS =
            Set.of(EntryForm.NAME, PROTOCOL, ADVERTISEMENTS, OLD_ADVERTISEMENTS, ARP_NETWORK);

    private final MetallbEntries entries;
    private int layer2;
    private int bgp;

    MetallbPools(MetallbEntries entries) {
        this.entries = entries;
    }

    /** How a pool is announced. */
    private enum Protocol {
        LAYER2,
        BGP
    }

    /** A pool and where it stands. */
    private record Pool(Optional<String> name, String path, Node.Mapping mapping) {
        Optional<Node.Field> advertisements() {
            return mapping.first(ADVERTISEMENTS).or(() -> mapping.first(OLD_ADVERTISEMENTS));
        }
    }

    void read(String path, Node node) {
        MetallbNamed named = MetallbNamed.of(node);
        Notes notes = entries.notes(Section.IP_ADDRESS_POOLS, named.legal(), path, node.position());
        named.check(notes);
        if (!(node instanceof Node.Mapping mapping)) {
            entries.bad(notes);
            return;
        }
        Pool pool = new Pool(named.legal(), path, mapping);
        boolean known = checkProtocol(pool, notes);
        checkHistory(pool, notes);
        Node.Mapping fields = MetallbWords.POOL.translate(mapping, notes, "", OTHERS);
        entries.add(notes, fields);
        switch (protocol(pool)) {
            case LAYER2 -> layer2(pool, known);
            case BGP -> bgp(pool, known);
        }
    }

    private static Optional<String> word(Pool pool) {
        return pool.mapping()
                .first(PROTOCOL)
                .map(Node.Field::value)
                .filter(value -> value instanceof Node.Scalar scalar && scalar.kind() != Node.Kind.NULL)
                .map(value -> ((Node.Scalar) value).text());
    }

    private static boolean isOldLayer2(String word) {
        return word.equals("arp") || word.equals("ndp");
    }

    /** What the pool most likely is, if its protocol is missing or wrong. */
    private static Protocol protocol(Pool pool) {
        String word = word(pool).orElse("");
        if (PROTOCOLS.contains(word) || isOldLayer2(word)) {
            return word.equals("bgp") ? Protocol.BGP : Protocol.LAYER2;
        }
        boolean looksLikeBgp = pool.advertisements().isPresent()
                || word.toLowerCase(Locale.ROOT).contains("bgp")
                || Suggestion.of(word, PROTOCOLS).equals(Optional.of("bgp"));
        return looksLikeBgp ? Protocol.BGP : Protocol.LAYER2;
    }

    /** Whether it is said how the pool is announced. */
    private static boolean checkProtocol(Pool pool, Notes notes) {
        Position at = pool.mapping()
                .first(PROTOCOL)
                .map(field -> field.value().position())
                .orElse(pool.mapping().position());
        String word = word(pool).orElse("");
        if (PROTOCOLS.contains(word)) {
            return true;
        } else if (isOldLayer2(word)) {
            String message = "'" + word + "' is read as 'layer2'; write that";
            notes.warning(ProblemReason.BAD_CHOICE, at, PROTOCOL, message);
            return true;
        } else if (word.isEmpty() && pool.mapping().first(OLD_ADVERTISEMENTS).isPresent()) {
            notes.warning(ProblemReason.MISSING_KEY, at, "", "'protocol' is missing and taken to be bgp; write that");
            return true;
        } else if (word.isEmpty()) {
            notes.error(ProblemReason.MISSING_KEY, at, "", "'protocol' is missing; write layer2 or bgp");
        } else {
            String message = Shown.quoted(word) + " is no protocol; write layer2 or bgp";
            notes.error(ProblemReason.BAD_CHOICE, at, PROTOCOL, message);
        }
        return false;
    }

    private static void checkHistory(Pool pool, Notes notes) {
        pool.mapping().first(OLD_ADVERTISEMENTS).ifPresent(field -> {
            boolean both = pool.mapping().first(ADVERTISEMENTS).isPresent();
            String message = "'advertisements' is "
                    + (both
                            ? "an old word for 'bgp-advertisements', which is there too; join the two"
                            : "read as 'bgp-advertisements'; write that");
            if (both) {
                notes.error(ProblemReason.DUPLICATE_KEY, field.position(), OLD_ADVERTISEMENTS, message);
            } else {
                notes.warning(ProblemReason.UNKNOWN_KEY, field.position(), OLD_ADVERTISEMENTS, message);
            }
        });
        pool.mapping()
                .first(ARP_NETWORK)
                .ifPresent(field -> notes.error(
                        ProblemReason.UNSUPPORTED_KEY,
                        field.position(),
                        ARP_NETWORK,
                        "'arp-network' left MetalLB with release 0.6; take it out, and write avoid-buggy-ips: true if"
                                + " addresses ending in .0 and .255 are to be left out"));
    }

    private void layer2(Pool pool, boolean known) {
        layer2++;
        Notes notes = entries.notes(
                Section.L2_ADVERTISEMENTS,
                Optional.of("l2advertisement" + layer2),
                pool.path(),
                pool.mapping().position());
        pool.advertisements()
                .filter(field -> known)
                .ifPresent(field -> notes.error(
                        ProblemReason.CONTRADICTION,
                        field.position(),
                        field.key(),
                        "a pool of layer 2 has no BGP advertisements; take them out, or make a pool of protocol bgp"));
        if (known && pool.name().isPresent()) {
            entries.add(notes, new Node.Mapping(pool.mapping().position(), new ArrayList<>(List.of(of(pool)))));
        } else {
            entries.bad(notes);
        }
    }

    private void bgp(Pool pool, boolean known) {
        Optional<Node> value = pool.advertisements()
                .map(Node.Field::value)
                .filter(node -> !(node instanceof Node.Scalar none && none.kind() == Node.Kind.NULL));
        List<Node> items =
                value.isPresent() && value.get() instanceof Node.Sequence sequence ? sequence.items() : List.of();
        if (value.isPresent() && !(value.get() instanceof Node.Sequence)) {
            notAdvertisement(pool.path(), value.get(), "a list is wanted, its items after '- '");
        } else if (items.isEmpty()) {
            advertisement(pool, pool.path(), new Node.Mapping(pool.mapping().position(), List.of()), known);
        }
        for (int i = 0; i < items.size(); i++) {
            advertisement(pool, pool.path() + "." + ADVERTISEMENTS + "[" + i + "]", items.get(i), known);
        }
    }

    private void advertisement(Pool pool, String path, Node node, boolean known) {
        if (!(node instanceof Node.Mapping mapping)) {
            notAdvertisement(path, node, "a mapping is wanted, such as 'localpref: 100'");
            return;
        }
        Notes notes = begin(path, node);
        if (known && pool.name().isPresent()) {
            List<Node.Field> fields = new ArrayList<>(
                    MetallbWords.BGP.translate(mapping, notes, "", Set.of()).fields());
            fields.add(of(pool));
            entries.add(notes, new Node.Mapping(mapping.position(), fields));
        } else {
            entries.bad(notes);
        }
    }

    private void notAdvertisement(String path, Node node, String wanted) {
        Notes notes = begin(path, node);
        notes.error(ProblemReason.WRONG_TYPE, node.position(), "", "this is " + node.type() + "; " + wanted);
        entries.bad(notes);
    }

    private Notes begin(String path, Node node) {
        bgp++;
        Optional<String> name = Optional.of("bgpadvertisement" + bgp);
        return entries.notes(Section.BGP_ADVERTISEMENTS, name, path, node.position());
    }

    /** The field by which an advertisement selects the pool. */
    private static Node.Field of(Pool pool) {
        Position at = pool.mapping().position();
        Node name = new Node.Scalar(at, Node.Kind.TEXT, pool.name().orElseThrow());
        return new Node.Field(at, BgpForm.POOLS, new Node.Sequence(at, List.of(name)));
    }
}
