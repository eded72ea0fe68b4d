package dev.clarion.config;

import dev.clarion.net.AddressSyntaxException;
import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What MetalLB takes and our own form does not: rewritten into what both take and both mean the same by, with a warning
 * where somebody should look. What MetalLB refuses is left as it is. docs/metallb.md has the table.
 */
final class MetallbLaxity {
    private static final Pattern WITH_LENGTH = Pattern.compile("([^/]+)/([0-9]{1,3})");

    /** Where MetalLB's Secrets are. */
    private final String namespace;

    private final Notes notes;

    MetallbLaxity(String namespace, Notes notes) {
        this.namespace = namespace;
        this.notes = notes;
    }

    /** Makes another value of the one at the path; empty if the field might as well not be there. */
    private interface Rewriting {
        Optional<Node> of(Node value, String path);
    }

    /** The mapping, with our names for its fields, as our own form takes it. */
    Node.Mapping relax(Section section, Node.Mapping mapping) {
        Map<String, Rewriting> rewritings = rewritings(section);
        List<Node.Field> fields = new ArrayList<>();
        for (Node.Field field : mapping.fields()) {
            Rewriting rewriting = rewritings.getOrDefault(field.key(), (value, path) -> Optional.of(value));
            rewriting
                    .of(field.value(), field.key())
                    .ifPresent(value -> fields.add(new Node.Field(field.position(), field.key(), value)));
        }
        return new Node.Mapping(mapping.position(), fields);
    }

    private Map<String, Rewriting> rewritings(Section section) {
        return switch (section) {
            case IP_ADDRESS_POOLS -> Map.of(PoolForm.ADDRESSES, this::addresses);
            case BGP_PEERS -> peer();
            case L2_ADVERTISEMENTS, BGP_ADVERTISEMENTS, BFD_PROFILES, COMMUNITIES, RESERVATIONS, QUOTAS -> Map.of();
        };
    }

    private Map<String, Rewriting> peer() {
        return Map.ofEntries(
                Map.entry(PeerForm.PEER_ASN, MetallbLaxity::notZero),
                Map.entry(PeerForm.DYNAMIC_ASN, MetallbLaxity::notBlank),
                Map.entry(PeerForm.LOCAL_ASN, MetallbLaxity::notZero),
                Map.entry(PeerForm.PEER_ADDRESS, MetallbLaxity::notBlank),
                Map.entry(PeerForm.INTERFACE, MetallbLaxity::notBlank),
                Map.entry(PeerForm.SOURCE_ADDRESS, MetallbLaxity::notBlank),
                Map.entry(PeerForm.PEER_PORT, MetallbLaxity::notZero),
                Map.entry(PeerForm.HOLD_TIME, (value, path) -> time(value, path, ProblemReason.BAD_HOLD_TIME)),
                Map.entry(
                        PeerForm.KEEPALIVE_TIME,
                        (value, path) ->
                                time(value, path, ProblemReason.BAD_TIME).filter(time -> !isNoTime(time))),
                Map.entry(PeerForm.CONNECT_TIME, (value, path) -> time(value, path, ProblemReason.BAD_TIME)),
                Map.entry(PeerForm.ROUTER_ID, MetallbLaxity::notBlank),
                Map.entry(PeerForm.PASSWORD, MetallbLaxity::notBlank),
                Map.entry(PeerForm.PASSWORD_SECRET, this::secret),
                Map.entry(PeerForm.BFD_PROFILE, MetallbLaxity::notBlank),
                Map.entry(PeerForm.VRF, MetallbLaxity::notBlank),
                Map.entry(PeerForm.DISABLE_MP, this::withoutEffect));
    }

    private static Optional<Node> notBlank(Node value, String path) {
        return Optional.of(value).filter(node -> !isText(node, ""));
    }

    private static Optional<Node> notZero(Node value, String path) {
        return Optional.of(value).filter(node -> !isText(node, "0"));
    }

    private static boolean isText(Node node, String text) {
        return node instanceof Node.Scalar scalar && scalar.text().equals(text);
    }

    /** A keepalive time of nothing, which old versions write for one that was not given. */
    private static boolean isNoTime(Node node) {
        return isText(node, "0s");
    }

    private Optional<Node> addresses(Node value, String path) {
        if (!(value instanceof Node.Sequence sequence)) {
            return Optional.of(value);
        }
        List<Node> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            Node item = sequence.items().get(i);
            items.add(item instanceof Node.Scalar scalar ? addresses(scalar, path + "[" + i + "]") : item);
        }
        return Optional.of(new Node.Sequence(sequence.position(), items));
    }

    private Node addresses(Node.Scalar item, String path) {
        String text = item.text();
        boolean single = text.indexOf('/') < 0 && text.indexOf('-') < 0;
        try {
            if (single) {
                refuseBare(item, Ip.parse(text), path);
            } else if (text.indexOf('/') >= 0) {
                Prefix.parse(text);
            } else {
                return new Node.Scalar(
                        item.position(),
                        item.kind(),
                        text.replaceAll(" *- *", "-").strip());
            }
            return item;
        } catch (AddressSyntaxException wrong) {
            return single ? item : masked(item, path);
        }
    }

    /** The network that an address with host bits is in; the item itself if it is not even that. */
    private Node masked(Node.Scalar item, String path) {
        Matcher matcher = WITH_LENGTH.matcher(item.text());
        if (!matcher.matches()) {
            return item;
        }
        try {
            Ip ip = Ip.parse(matcher.group(1));
            Prefix meant = Prefix.containing(ip, Integer.parseInt(matcher.group(2)));
            notes.warning(
                    ProblemReason.BAD_ADDRESS,
                    item.position(),
                    path,
                    Shown.quoted(item.text()) + " is read as the whole network " + meant
                            + ", as MetalLB does; write that, or " + Prefix.host(ip) + " for the one address");
            return new Node.Scalar(item.position(), Node.Kind.TEXT, meant.toString());
        } catch (AddressSyntaxException notEvenThat) {
            return item;
        }
    }

    private void refuseBare(Node.Scalar item, Ip ip, String path) {
        notes.error(
                ProblemReason.BAD_ADDRESS,
                item.position(),
                path,
                Shown.quoted(item.text()) + " has no length, and MetalLB refuses that; write " + Prefix.host(ip));
    }

    /** MetalLB cuts times to whole seconds. */
    private Optional<Node> time(Node value, String path, ProblemReason reason) {
        if (!(value instanceof Node.Scalar scalar) || scalar.text().isEmpty()) {
            return notBlank(value, path);
        }
        try {
            Duration time = GoDuration.parse(scalar.text());
            String whole = time.toSeconds() + "s";
            if (!time.equals(Duration.ofSeconds(time.toSeconds()))) {
                String message = Shown.quoted(scalar.text()) + " is read as " + whole + ", as MetalLB does; write that";
                notes.warning(reason, scalar.position(), path, message);
            }
            return Optional.of(new Node.Scalar(scalar.position(), Node.Kind.TEXT, whole));
        } catch (GoDuration.Malformed notOne) {
            return Optional.of(value);
        }
    }

    /** The Secret is in MetalLB's namespace whatever the reference says, and is none without a name. */
    private Optional<Node> secret(Node value, String path) {
        if (!(value instanceof Node.Mapping mapping)) {
            return Optional.of(value);
        }
        List<Node.Field> fields = new ArrayList<>();
        for (Node.Field field : mapping.fields()) {
            if (!field.key().equals(PeerForm.SECRET_NAMESPACE)) {
                fields.add(field);
            } else if (!isText(field.value(), "") && !isText(field.value(), namespace)) {
                String message = "the Secret is looked for in namespace " + namespace + " only, as MetalLB does";
                notes.warning(
                        ProblemReason.UNSUPPORTED_KEY,
                        field.position(),
                        path + "." + PeerForm.SECRET_NAMESPACE,
                        message);
            }
        }
        Node.Mapping rest = new Node.Mapping(mapping.position(), fields);
        boolean named = rest.first(PeerForm.SECRET_NAME)
                .map(field -> !isText(field.value(), ""))
                .orElse(false);
        if (!named) {
            return Optional.empty();
        }
        fields.add(new Node.Field(
                mapping.position(),
                PeerForm.SECRET_NAMESPACE,
                new Node.Scalar(mapping.position(), Node.Kind.TEXT, namespace)));
        return Optional.of(new Node.Mapping(mapping.position(), fields));
    }

    private Optional<Node> withoutEffect(Node value, String path) {
        if (isText(value, "true")) {
            notes.warning(
                    ProblemReason.UNSUPPORTED_KEY,
                    value.position(),
                    path,
                    "'" + path + "' has no effect, in MetalLB neither; take it out");
        }
        return Optional.empty();
    }
}
