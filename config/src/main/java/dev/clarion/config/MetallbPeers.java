package dev.clarion.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code peers}; MetalLB's converter names them by their order. */
final class MetallbPeers {
    private static final String NO_PLACE_FOR_PASSWORDS =
            "this ConfigMap can be read by many, so a password in it is not used, and without one the session would not"
                    + " come up. Put it into a Secret of type kubernetes.io/basic-auth, key 'password', in Clarion's"
                    + " namespace, and move this peer to ConfigMap clarion, with passwordSecret: {name: ...}";

    private MetallbPeers() {}

    static void read(MetallbEntries entries, int index, String path, Node node) {
        Notes notes = entries.notes(Section.BGP_PEERS, Optional.of("peer" + (index + 1)), path, node.position());
        if (!(node instanceof Node.Mapping mapping)) {
            String message = "this is " + node.type() + "; begin with 'my-asn:'";
            notes.error(ProblemReason.WRONG_TYPE, node.position(), "", message);
            entries.bad(notes);
            return;
        }
        List<Node.Field> fields = new ArrayList<>();
        for (Node.Field field :
                MetallbWords.PEER.translate(mapping, notes, "", Set.of()).fields()) {
            value(field, notes).ifPresent(value -> fields.add(new Node.Field(field.position(), field.key(), value)));
        }
        entries.add(notes, new Node.Mapping(mapping.position(), withHoldTime(fields)));
    }

    /** Without one it is 90 s here whatever the keepalive time, while resources take three keepalive times. */
    private static List<Node.Field> withHoldTime(List<Node.Field> fields) {
        boolean keepalive = fields.stream().anyMatch(field -> field.key().equals(PeerForm.KEEPALIVE_TIME));
        boolean hold = fields.stream()
                .anyMatch(field -> field.key().equals(PeerForm.HOLD_TIME)
                        && !(field.value() instanceof Node.Scalar scalar
                                && scalar.text().isEmpty()));
        if (!keepalive || hold) {
            return fields;
        }
        List<Node.Field> complete = new ArrayList<>(fields);
        complete.removeIf(field -> field.key().equals(PeerForm.HOLD_TIME));
        Position at = fields.getFirst().position();
        complete.add(new Node.Field(
                at,
                PeerForm.HOLD_TIME,
                new Node.Scalar(at, Node.Kind.TEXT, BgpPeer.DEFAULT_HOLD_TIME.toSeconds() + "s")));
        return complete;
    }

    private static Optional<Node> value(Node.Field field, Notes notes) {
        return switch (field.key()) {
            case PeerForm.HOLD_TIME, PeerForm.KEEPALIVE_TIME -> Optional.of(seconds(field, notes));
            case PeerForm.NODE_SELECTORS -> Optional.of(selectors(field.value(), notes));
            case PeerForm.BFD_PROFILE -> Optional.of(named(field.value()));
            case PeerForm.PASSWORD -> {
                boolean some = !(field.value() instanceof Node.Scalar scalar
                        && scalar.text().isEmpty());
                if (some) {
                    notes.error(
                            ProblemReason.PLAIN_PASSWORD, field.position(), PeerForm.PASSWORD, NO_PLACE_FOR_PASSWORDS);
                }
                yield Optional.empty();
            }
            default -> Optional.of(field.value());
        };
    }

    /** Releases 0.1 and 0.2 had plain numbers of seconds. */
    private static Node seconds(Node.Field field, Notes notes) {
        if (field.value() instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.INTEGER) {
            String time = scalar.text() + "s";
            notes.warning(
                    ProblemReason.BAD_TIME,
                    scalar.position(),
                    field.key(),
                    Shown.quoted(scalar.text()) + " is read as " + Shown.quoted(time) + "; write that");
            return new Node.Scalar(scalar.position(), Node.Kind.TEXT, time);
        }
        return field.value();
    }

    private static Node named(Node value) {
        return value instanceof Node.Scalar scalar
                        && scalar.kind() == Node.Kind.TEXT
                        && !scalar.text().isEmpty()
                ? new Node.Scalar(scalar.position(), Node.Kind.TEXT, MetallbNames.legal(scalar.text()))
                : value;
    }

    private static Node selectors(Node value, Notes notes) {
        if (!(value instanceof Node.Sequence sequence)) {
            return value;
        }
        List<Node> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            String path = "node-selectors[" + i + "]";
            items.add(
                    sequence.items().get(i) instanceof Node.Mapping selector
                            ? operators(MetallbWords.SELECTOR.translate(selector, notes, path, Set.of()))
                            : sequence.items().get(i));
        }
        return new Node.Sequence(sequence.position(), items);
    }

    /** MetalLB does not look at the case of operators. */
    private static Node.Mapping operators(Node.Mapping selector) {
        return mapEach(selector, SelectorForm.MATCH_EXPRESSIONS, MetallbPeers::requirements);
    }

    private static Node requirements(Node value) {
        return value instanceof Node.Sequence sequence
                ? new Node.Sequence(
                        sequence.position(),
                        sequence.items().stream()
                                .map(item -> item instanceof Node.Mapping requirement
                                        ? mapEach(requirement, SelectorForm.OPERATOR, MetallbPeers::operator)
                                        : item)
                                .toList())
                : value;
    }

    private static Node operator(Node value) {
        if (value instanceof Node.Scalar scalar) {
            String word = scalar.text().toLowerCase(Locale.ROOT);
            for (LabelSelector.Operator operator : LabelSelector.Operator.values()) {
                if (operator.text().toLowerCase(Locale.ROOT).equals(word)) {
                    return new Node.Scalar(scalar.position(), scalar.kind(), operator.text());
                }
            }
        }
        return value;
    }

    private interface Change {
        Node of(Node value);
    }

    private static Node.Mapping mapEach(Node.Mapping mapping, String key, Change change) {
        return new Node.Mapping(
                mapping.position(),
                mapping.fields().stream()
                        .map(field -> field.key().equals(key)
                                ? new Node.Field(field.position(), key, change.of(field.value()))
                                : field)
                        .toList());
    }
}
