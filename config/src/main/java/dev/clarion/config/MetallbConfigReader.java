package dev.clarion.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads MetalLB's ConfigMap of release 0.12 and before, as MetalLB meant it, into the entries that its own converter
 * makes of it: peers {@code peer1...}, advertisements {@code bgpadvertisement1...} and {@code l2advertisement1...} by
 * their order. What is wrong with an entry concerns that entry, where MetalLB refused the whole. No text makes it throw.
 */
public final class MetallbConfigReader {
    private MetallbConfigReader() {}

    /** Where entries of this ConfigMap come from. */
    public static Origin origin(String namespace, String name) {
        return new Origin(Source.METALLB_CONFIG_MAP, "ConfigMap", namespace, name);
    }

    /**
     * Reads the value of the key {@code config}; lines and columns count within it.
     *
     * @param namespace the ConfigMap's namespace
     * @param name the ConfigMap's name
     */
    public static Reading read(String namespace, String name, String yaml) {
        Origin origin = origin(namespace, name);
        List<Problem> problems = new ArrayList<>();
        return MetallbEntry.reading(Source.METALLB_CONFIG_MAP, outcome(origin, yaml, problems), problems);
    }

    private static Reading.Outcome outcome(Origin origin, String yaml, List<Problem> problems) {
        try {
            Optional<Node> root = TreeBuilder.build(yaml);
            return switch (root.orElse(new Node.Scalar(Position.NONE, Node.Kind.NULL, ""))) {
                case Node.Mapping mapping -> new MetallbDocument(origin, problems).read(mapping);
                case Node.Scalar scalar
                when scalar.kind() == Node.Kind.NULL -> {
                    problems.add(new Problem(
                            Severity.WARNING,
                            ProblemReason.EMPTY_DOCUMENT,
                            origin,
                            "",
                            "",
                            0,
                            0,
                            "empty: nothing is configured"));
                    yield new Reading.Document(List.of(), Set.of());
                }
                case Node.Scalar scalar -> throw notLists(scalar);
                case Node.Sequence sequence -> throw notLists(sequence);
            };
        } catch (UnreadableException unreadable) {
            Problem problem = unreadable.problem();
            problems.add(new Problem(
                    problem.severity(),
                    problem.reason(),
                    origin,
                    problem.object(),
                    problem.path(),
                    problem.line(),
                    problem.column(),
                    problem.message()));
            return new Reading.Unreadable();
        }
    }

    private static UnreadableException notLists(Node root) {
        return new UnreadableException(
                ProblemReason.WRONG_TYPE,
                root.position(),
                "this is " + root.type() + "; begin with a key such as 'address-pools:'");
    }
}
