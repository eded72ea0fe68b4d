package dev.clarion.config;

import java.util.List;
import java.util.Optional;

/**
 * The name of an entry of MetalLB's ConfigMap.
 *
 * @param node the entry
 * @param written as it stands there; empty if that cannot be said
 * @param legal as the entry is called here
 */
record MetallbNamed(Node node, Optional<String> written, Optional<String> legal) {
    static MetallbNamed of(Node node) {
        List<Node> names = node instanceof Node.Mapping mapping
                ? mapping.fields().stream()
                        .filter(field -> field.key().equals(EntryForm.NAME))
                        .map(Node.Field::value)
                        .toList()
                : List.of();
        Optional<String> written = Optional.of(names)
                .filter(list -> list.size() == 1)
                .map(List::getFirst)
                .filter(name -> name instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.TEXT)
                .map(name -> ((Node.Scalar) name).text());
        return new MetallbNamed(node, written, written.map(MetallbNames::legal).filter(NameRule.OBJECT::admits));
    }

    /** Notes what there is to say about the name. */
    void check(Notes notes) {
        Position at = node instanceof Node.Mapping mapping
                ? mapping.first(EntryForm.NAME)
                        .map(field -> field.value().position())
                        .orElse(node.position())
                : node.position();
        if (!(node instanceof Node.Mapping mapping)) {
            notes.error(ProblemReason.WRONG_TYPE, at, "", "this is " + node.type() + "; begin with 'name:'");
        } else if (written.isEmpty() && mapping.first(EntryForm.NAME).isEmpty()) {
            notes.error(ProblemReason.MISSING_KEY, at, "", "'name' is missing");
        } else if (written.isEmpty()) {
            notes.error(ProblemReason.WRONG_TYPE, at, EntryForm.NAME, "a name is wanted, once, as text");
        } else if (legal.isEmpty()) {
            String message = Shown.quoted(written.get()) + " is no name; use " + NameRule.OBJECT.words();
            notes.error(ProblemReason.BAD_NAME, at, EntryForm.NAME, message);
        } else if (!legal.equals(written)) {
            notes.warning(
                    ProblemReason.BAD_NAME,
                    at,
                    EntryForm.NAME,
                    Shown.quoted(written.get()) + " is called '" + legal.get()
                            + "' here, as MetalLB's converter would; Services that ask for it must ask by that name");
        }
    }
}
