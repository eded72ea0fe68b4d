package dev.clarion.config;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the top level of a document and hands each entry on to its reader. */
final class DocumentReader {
    private static final Map<String, Section> SECTIONS = new HashMap<>();
    private static final Set<String> METALLB_0_12 = Set.of("address-pools", "peers", "bgp-communities");
    private static final Set<String> KUBERNETES_OBJECT = Set.of("apiVersion", "kind", "metadata", "spec", "data");

    static {
        for (Section section : Section.values()) {
            SECTIONS.put(section.key(), section);
        }
    }

    private final List<Problem> problems;
    private final Limits limits;
    private final List<Reading.Entry> entries = new ArrayList<>();
    private final Set<Section> seen = EnumSet.noneOf(Section.class);
    private final Set<Section> incomplete = EnumSet.noneOf(Section.class);

    DocumentReader(List<Problem> problems, Limits limits) {
        this.problems = problems;
        this.limits = limits;
    }

    Reading.Document read(Node.Mapping root) throws UnreadableException {
        for (Node.Field field : root.fields()) {
            Section section = SECTIONS.get(field.key());
            if (section == null) {
                unknown(field, root);
            } else if (seen.add(section)) {
                list(section, field);
            } else {
                problem(ProblemReason.DUPLICATE_KEY, field, "a second list of this name; join the two");
                incomplete.add(section);
            }
        }
        return new Reading.Document(entries, incomplete);
    }

    private void list(Section section, Node.Field field) throws UnreadableException {
        switch (field.value()) {
            case Node.Sequence sequence -> entries(section, sequence);
            case Node.Scalar scalar when scalar.kind() == Node.Kind.NULL -> {}
            case Node.Scalar scalar -> notAList(section, field, scalar);
            case Node.Mapping mapping -> notAList(section, field, mapping);
        }
    }

    private void notAList(Section section, Node.Field field, Node value) {
        problem(
                ProblemReason.WRONG_TYPE,
                field,
                "this is " + value.type() + "; a list is wanted, its items after '- '");
        incomplete.add(section);
    }

    private void entries(Section section, Node.Sequence sequence) throws UnreadableException {
        if (entries.size() + sequence.items().size() > limits.entries()) {
            throw new UnreadableException(
                    ProblemReason.TOO_MANY_ENTRIES, sequence.position(), "more than " + limits.entries() + " entries");
        }
        for (int i = 0; i < sequence.items().size(); i++) {
            String path = section.key() + "[" + i + "]";
            boolean anyName = limits == Limits.PUBLISHED;
            Reading.Entry entry = Forms.read(
                    Origin.CONFIG_MAP, section, path, sequence.items().get(i), anyName, problems);
            entries.add(entry);
            if (entry.place().name().isEmpty()) {
                incomplete.add(section);
            }
        }
    }

    /** A key that no list has. One that looks like a list's misspelt key must not pass for the list's removal. */
    private void unknown(Node.Field field, Node.Mapping root) {
        String key = field.key();
        if (METALLB_0_12.contains(key)) {
            problem(
                    ProblemReason.UNSUPPORTED_KEY,
                    field,
                    Shown.quoted(key) + " is the form of MetalLB 0.12 and before; it is read from MetalLB's own"
                            + " ConfigMap only");
        } else if (KUBERNETES_OBJECT.contains(key)) {
            problem(
                    ProblemReason.UNKNOWN_KEY,
                    field,
                    "this looks like a Kubernetes object; only the lists belong here, such as 'ipAddressPools:'");
        } else {
            List<String> known = SECTIONS.keySet().stream().sorted().toList();
            Optional<String> meant = Suggestion.of(key, known);
            problem(
                    ProblemReason.UNKNOWN_KEY,
                    field,
                    "unknown key " + Shown.quoted(key)
                            + meant.map(word -> "; did you mean '" + word + "'?")
                                    .orElse(""));
            meant.map(SECTIONS::get)
                    .filter(section -> root.first(section.key()).isEmpty())
                    .ifPresent(incomplete::add);
        }
    }

    private void problem(ProblemReason reason, Node.Field field, String message) {
        problems.add(new Problem(
                Severity.ERROR,
                reason,
                Origin.CONFIG_MAP,
                "",
                Shown.text(field.key(), 80),
                field.position().line(),
                field.position().column(),
                message));
    }
}
