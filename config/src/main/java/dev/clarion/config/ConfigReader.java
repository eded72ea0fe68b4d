package dev.clarion.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code config.yaml}. Strict: what is not understood in full is refused with its line and a hint, and a refusal
 * concerns the entry that it is in. Nothing that a user can write makes it throw, or take more than a bounded time and
 * memory.
 */
public final class ConfigReader {
    /** The longest text, in bytes of UTF-8. A ConfigMap holds at most 1 MiB, this and all else together. */
    public static final int MAX_BYTES = 900 * 1024;
    /** How deep lists and mappings may be nested. */
    public static final int MAX_DEPTH = 32;
    /** How many values a text may have, those that aliases repeat counted each time. Keys do not count. */
    public static final int MAX_NODES = 20_000;
    /** How many entries all lists may have together. */
    public static final int MAX_ENTRIES = 10_000;

    private ConfigReader() {}

    /** Reads the value of the key {@code config.yaml}; every problem is in the result. */
    public static Reading read(String yaml) {
        List<Problem> problems = new ArrayList<>();
        Reading.Outcome outcome = outcome(yaml, problems);
        Reading alone = new Reading(Source.CONFIG_MAP, outcome, List.of());
        problems.addAll(Publication.settle(EffectiveConfig.NONE, List.of(alone)).problems());
        problems.sort(Problem.IN_ORDER);
        return new Reading(Source.CONFIG_MAP, outcome, problems);
    }

    private static Reading.Outcome outcome(String yaml, List<Problem> problems) {
        try {
            Optional<Node> root = TreeBuilder.build(yaml);
            return root.isPresent() ? document(root.get(), problems) : emptyDocument(problems);
        } catch (UnreadableException unreadable) {
            problems.add(unreadable.problem());
            return new Reading.Unreadable();
        }
    }

    private static Reading.Outcome document(Node root, List<Problem> problems) throws UnreadableException {
        return switch (root) {
            case Node.Mapping mapping -> new DocumentReader(problems, Limits.WRITTEN).read(mapping);
            case Node.Scalar scalar when scalar.kind() == Node.Kind.NULL -> emptyDocument(problems);
            case Node.Scalar scalar -> throw notLists(scalar);
            case Node.Sequence sequence -> throw notLists(sequence);
        };
    }

    private static UnreadableException notLists(Node root) {
        return new UnreadableException(
                ProblemReason.WRONG_TYPE,
                root.position(),
                "this is " + root.type() + "; begin with a key such as 'ipAddressPools:'");
    }

    private static Reading.Outcome emptyDocument(List<Problem> problems) {
        problems.add(new Problem(
                Severity.WARNING,
                ProblemReason.EMPTY_DOCUMENT,
                Origin.CONFIG_MAP,
                "",
                "",
                0,
                0,
                "empty: nothing is configured"));
        return new Reading.Document(List.of(), Set.of());
    }
}
