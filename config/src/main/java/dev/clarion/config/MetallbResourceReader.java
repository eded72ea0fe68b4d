package dev.clarion.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads resources of group {@code metallb.io} as MetalLB means them. What is wrong with one concerns that one; fields
 * that MetalLB 0.16 does not have are passed over with a warning, as they come from a version that we do not know. No
 * set of resources makes it throw.
 */
public final class MetallbResourceReader {
    private static final Comparator<MetallbResource> BY_KIND_AND_NAME = Comparator.comparing(MetallbResource::kind)
            .thenComparing(MetallbResource::namespace)
            .thenComparing(MetallbResource::name);
    private static final List<String> POOL_FIELDS =
            List.of(PoolForm.ADDRESSES, PoolForm.AUTO_ASSIGN, PoolForm.AVOID_BUGGY_IPS, PoolForm.SERVICE_ALLOCATION);
    private static final String SPEC = "spec";
    private static final String COMMUNITIES = "communities";

    private final List<Problem> problems = new ArrayList<>();
    private final List<Reading.Entry> entries = new ArrayList<>();
    private final Set<Section> incomplete = EnumSet.noneOf(Section.class);

    private MetallbResourceReader() {}

    /**
     * Reads them.
     *
     * @param resources all that count, in any order
     * @param unknown kinds of which there may be more resources than these, so that nothing of theirs is taken for gone
     */
    public static Reading read(Collection<MetallbResource> resources, Set<MetallbKind> unknown) {
        MetallbResourceReader reader = new MetallbResourceReader();
        unknown.forEach(kind -> reader.incomplete.add(kind.section()));
        return MetallbEntry.reading(Source.RESOURCE, reader.outcome(resources), reader.problems);
    }

    /** Where a resource is, as problems and the published configuration name it. */
    public static Origin origin(MetallbResource resource) {
        return new Origin(Source.RESOURCE, resource.kind().kind(), resource.namespace(), resource.name());
    }

    private Reading.Outcome outcome(Collection<MetallbResource> resources) {
        for (MetallbResource resource :
                resources.stream().sorted(BY_KIND_AND_NAME).toList()) {
            read(resource);
            if (entries.size() > ConfigReader.MAX_ENTRIES) {
                String message = "more than " + ConfigReader.MAX_ENTRIES + " entries in all resources; none changes"
                        + " anything until there are fewer";
                Origin origin = origin(resource);
                problems.add(
                        new Problem(Severity.ERROR, ProblemReason.TOO_MANY_ENTRIES, origin, "", "", 0, 0, message));
                return new Reading.Unreadable();
            }
        }
        return new Reading.Document(entries, incomplete);
    }

    private void read(MetallbResource resource) {
        Section section = resource.kind().section();
        Origin origin = origin(resource);
        Reading.Place place = new Reading.Place(origin, section, Optional.of(resource.name()), SPEC, Position.NONE);
        try {
            Node.Mapping spec = MetallbTree.of(resource.spec());
            if (resource.kind() == MetallbKind.COMMUNITY) {
                communities(origin, resource, spec);
            } else {
                Notes notes = new Notes(place, false, problems);
                Node.Mapping known = withoutUnknown(notes, fields(section), spec);
                entries.add(MetallbEntry.read(notes, withLabels(resource, known), resource.namespace()));
            }
        } catch (MetallbTree.TooMuch tooMuch) {
            problems.add(place.problem(
                    Severity.ERROR, tooMuch.reason(), Position.NONE, "", String.valueOf(tooMuch.getMessage())));
            if (resource.kind() == MetallbKind.COMMUNITY) {
                incomplete.add(section);
            } else {
                entries.add(new Reading.Bad(place));
            }
        }
    }

    private static List<String> fields(Section section) {
        if (section == Section.IP_ADDRESS_POOLS) {
            return POOL_FIELDS;
        }
        List<String> fields = new ArrayList<>(Forms.of(section).fields());
        fields.addAll(Forms.of(section).refused().keySet());
        return fields;
    }

    private static Node.Mapping withoutUnknown(Notes notes, List<String> known, Node.Mapping mapping) {
        List<Node.Field> fields = new ArrayList<>();
        for (Node.Field field : mapping.fields()) {
            if (known.contains(field.key())) {
                fields.add(field);
            } else {
                notes.warning(
                        ProblemReason.UNKNOWN_KEY,
                        field.position(),
                        Shown.text(field.key(), 80),
                        "unknown field " + Shown.quoted(field.key()) + " is passed over"
                                + Suggestion.advice(field.key(), known));
            }
        }
        return new Node.Mapping(mapping.position(), fields);
    }

    /** Advertisements select pools by the labels of the object. */
    private static Node.Mapping withLabels(MetallbResource resource, Node.Mapping spec) {
        if (resource.kind() != MetallbKind.IP_ADDRESS_POOL || resource.labels().isEmpty()) {
            return spec;
        }
        List<Node.Field> labels = new ArrayList<>();
        for (Map.Entry<String, String> label : resource.labels().entrySet()) {
            labels.add(new Node.Field(
                    Position.NONE, label.getKey(), new Node.Scalar(Position.NONE, Node.Kind.TEXT, label.getValue())));
        }
        List<Node.Field> fields = new ArrayList<>(spec.fields());
        fields.add(new Node.Field(Position.NONE, PoolForm.LABELS, new Node.Mapping(Position.NONE, labels)));
        return new Node.Mapping(spec.position(), fields);
    }

    /** Each name in a Community is an entry of its own. */
    private void communities(Origin origin, MetallbResource resource, Node.Mapping spec) {
        Reading.Place whole =
                new Reading.Place(origin, Section.COMMUNITIES, Optional.of(resource.name()), SPEC, Position.NONE);
        Node.Mapping known = withoutUnknown(new Notes(whole, false, problems), List.of(COMMUNITIES), spec);
        Optional<Node> value = known.first(COMMUNITIES).map(Node.Field::value);
        if (value.isPresent() && value.get() instanceof Node.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                String path = SPEC + "." + COMMUNITIES + "[" + i + "]";
                Reading.Entry entry = Forms.read(
                        origin, Section.COMMUNITIES, path, sequence.items().get(i), false, problems);
                entries.add(entry);
                if (entry.place().name().isEmpty()) {
                    incomplete.add(Section.COMMUNITIES);
                }
            }
        } else if (value.isPresent() && !(value.get() instanceof Node.Scalar none && none.kind() == Node.Kind.NULL)) {
            problems.add(whole.problem(
                    Severity.ERROR,
                    ProblemReason.WRONG_TYPE,
                    Position.NONE,
                    COMMUNITIES,
                    "this is " + value.get().type() + "; a list is wanted"));
            incomplete.add(Section.COMMUNITIES);
        }
    }
}
