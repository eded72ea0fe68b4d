package dev.clarion.config;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The top level of MetalLB's ConfigMap: lists of peers, pools and profiles, and a mapping of communities. */
final class MetallbDocument {
    static final String PEERS = "peers";
    static final String POOLS = "address-pools";
    static final String COMMUNITIES = "bgp-communities";
    static final String PROFILES = "bfd-profiles";
    private static final String OLD_COMMUNITIES = "communities";
    private static final List<String> KEYS = List.of(PEERS, POOLS, COMMUNITIES, PROFILES);

    /** What each key is about, so that a misspelt one does not pass for the removal of all of that. */
    private static final Map<String, Set<Section>> SECTIONS = Map.of(
            PEERS, EnumSet.of(Section.BGP_PEERS),
            POOLS, EnumSet.of(Section.IP_ADDRESS_POOLS, Section.L2_ADVERTISEMENTS, Section.BGP_ADVERTISEMENTS),
            COMMUNITIES, EnumSet.of(Section.COMMUNITIES),
            PROFILES, EnumSet.of(Section.BFD_PROFILES));

    private final Origin origin;
    private final List<Problem> problems;
    private final MetallbEntries entries;
    private final MetallbPools pools;
    private final Set<String> seen = new HashSet<>();

    MetallbDocument(Origin origin, List<Problem> problems) {
        this.origin = origin;
        this.problems = problems;
        this.entries = new MetallbEntries(origin, problems);
        this.pools = new MetallbPools(entries);
    }

    Reading.Document read(Node.Mapping root) throws UnreadableException {
        for (Node.Field field : root.fields()) {
            String key = field.key();
            boolean old = key.equals(OLD_COMMUNITIES) && root.first(COMMUNITIES).isEmpty();
            String word = old ? COMMUNITIES : key;
            if (old) {
                String message = "'" + key + "' is read as '" + COMMUNITIES + "'; write that";
                problem(Severity.WARNING, ProblemReason.UNKNOWN_KEY, field.position(), key, message);
            }
            if (!KEYS.contains(word)) {
                unknown(field, root);
            } else if (!seen.add(word)) {
                String message = "a second '" + key + "'; join the two";
                problem(Severity.ERROR, ProblemReason.DUPLICATE_KEY, field.position(), key, message);
                entries.incomplete(sections(word));
            } else if (word.equals(COMMUNITIES)) {
                communities(field);
            } else {
                list(field);
            }
        }
        return entries.document();
    }

    private static Set<Section> sections(String key) {
        return SECTIONS.getOrDefault(key, Set.of());
    }

    private void unknown(Node.Field field, Node.Mapping root) {
        Optional<String> meant = Suggestion.of(field.key(), KEYS);
        problem(
                Severity.ERROR,
                ProblemReason.UNKNOWN_KEY,
                field.position(),
                field.key(),
                "unknown key " + Shown.quoted(field.key()) + Suggestion.advice(field.key(), KEYS));
        meant.filter(key -> root.first(key).isEmpty()).ifPresent(key -> entries.incomplete(sections(key)));
    }

    private void list(Node.Field field) throws UnreadableException {
        List<Node> items = items(field);
        for (int i = 0; i < items.size(); i++) {
            String path = field.key() + "[" + i + "]";
            switch (field.key()) {
                case PEERS -> MetallbPeers.read(entries, i, path, items.get(i));
                case PROFILES -> MetallbProfiles.read(entries, path, items.get(i));
                default -> pools.read(path, items.get(i));
            }
            entries.check(items.get(i).position());
        }
    }

    private List<Node> items(Node.Field field) {
        return switch (field.value()) {
            case Node.Sequence sequence -> sequence.items();
            case Node.Scalar scalar when scalar.kind() == Node.Kind.NULL -> List.of();
            case Node.Scalar scalar -> notA(field, "a list is wanted, its items after '- '");
            case Node.Mapping mapping -> notA(field, "a list is wanted, its items after '- '");
        };
    }

    private List<Node> notA(Node.Field field, String wanted) {
        String message = "this is " + field.value().type() + "; " + wanted;
        problem(Severity.ERROR, ProblemReason.WRONG_TYPE, field.position(), field.key(), message);
        entries.incomplete(sections(KEYS.contains(field.key()) ? field.key() : COMMUNITIES));
        return List.of();
    }

    private void communities(Node.Field field) throws UnreadableException {
        switch (field.value()) {
            case Node.Mapping mapping -> {
                for (Node.Field alias : mapping.fields()) {
                    community(field.key(), alias);
                    entries.check(alias.position());
                }
            }
            case Node.Scalar scalar when scalar.kind() == Node.Kind.NULL -> {}
            case Node.Scalar scalar -> notA(field, "a mapping is wanted, such as 'no-export: 65535:65281'");
            case Node.Sequence sequence -> notA(field, "a mapping is wanted, such as 'no-export: 65535:65281'");
        }
    }

    private void community(String key, Node.Field alias) {
        boolean legal = NameRule.COMMUNITY.admits(alias.key());
        Notes notes = entries.notes(
                Section.COMMUNITIES,
                Optional.of(alias.key()).filter(name -> legal),
                key + "." + Shown.text(alias.key(), 80),
                alias.position());
        if (!legal) {
            notes.error(
                    ProblemReason.BAD_NAME,
                    alias.position(),
                    "",
                    Shown.quoted(alias.key()) + " is no name; use " + NameRule.COMMUNITY.words());
        }
        Node.Field value = new Node.Field(alias.position(), CommunityForm.VALUE, alias.value());
        entries.add(notes, new Node.Mapping(alias.position(), new ArrayList<>(List.of(value))));
    }

    private void problem(Severity severity, ProblemReason reason, Position at, String key, String message) {
        problems.add(new Problem(severity, reason, origin, "", Shown.text(key, 80), at.line(), at.column(), message));
    }
}
