package dev.clarion.config;

import dev.clarion.net.AddressSyntaxException;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import dev.clarion.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads addresses of a pool: three forms, only addresses that clients can route to, none twice. */
final class AddressRanges {
    /** Addresses that no Service can be reached at. */
    private static final List<Special> SPECIAL = List.of(
            new Special(Prefix.parse("0.0.0.0/32"), "unspecified"),
            new Special(Prefix.parse("127.0.0.0/8"), "loopback"),
            new Special(Prefix.parse("169.254.0.0/16"), "link-local"),
            new Special(Prefix.parse("224.0.0.0/4"), "multicast"),
            new Special(Prefix.parse("255.255.255.255/32"), "the limited broadcast address"),
            new Special(Prefix.parse("::/128"), "unspecified"),
            new Special(Prefix.parse("::1/128"), "loopback"),
            new Special(mapped(), "IPv4-mapped"),
            new Special(Prefix.parse("fe80::/10"), "link-local"),
            new Special(Prefix.parse("ff00::/8"), "multicast"));

    private final FieldReader fields;

    AddressRanges(FieldReader fields) {
        this.fields = fields;
    }

    private record Special(Prefix prefix, String kind) {}

    /** {@code ::ffff:0:0/96}, which cannot be written as text, since text means IPv4 by it. */
    private static Prefix mapped() {
        return Prefix.containing(Ip.ofV6(0, 0xffff_0000_0000L), 96);
    }

    /** The items of a list, in its order; of those that overlap an earlier one only the earlier. */
    List<IpRange> read(String key) {
        List<Node> items = fields.list(key);
        List<IpRange> ranges = new ArrayList<>();
        ClaimIndex<Integer> taken = new ClaimIndex<>();
        for (int i = 0; i < items.size(); i++) {
            String path = key + "[" + i + "]";
            Node item = items.get(i);
            range(item, path).ifPresent(range -> {
                Optional<Integer> other = taken.firstOverlapping(range);
                if (other.isPresent()) {
                    String message = range + " overlaps " + ranges.get(other.get())
                            + (key.equals(PoolForm.ADDRESSES) ? " of this pool" : ", which stands here already");
                    fields.error(ProblemReason.REPEATED_ADDRESS, item.position(), path, message);
                } else {
                    taken.put(range, ranges.size());
                    ranges.add(range);
                }
            });
        }
        return ranges;
    }

    /** One address that a Service can have. */
    Optional<Ip> single(Node node, String path) {
        return fields.ip(
                node,
                path,
                ip -> special(IpRange.of(ip))
                        .map(some -> "is " + some.kind() + "; clients cannot reach a Service there"));
    }

    private static Optional<Special> special(IpRange range) {
        return SPECIAL.stream()
                .filter(some -> some.prefix().range().overlaps(range))
                .findFirst();
    }

    private Optional<IpRange> range(Node node, String path) {
        if (!(node instanceof Node.Scalar scalar) || scalar.kind() == Node.Kind.NULL) {
            String hint = node instanceof Node.Mapping ? "; put an address that ends in ':' in quotes" : "";
            fields.error(
                    ProblemReason.WRONG_TYPE,
                    node.position(),
                    path,
                    "an address is text, this is " + node.type() + hint);
            return Optional.empty();
        }
        try {
            IpRange range = IpRange.parse(scalar.text());
            Optional<Special> special = special(range);
            special.ifPresent(
                    some -> fields.error(ProblemReason.UNUSABLE_ADDRESS, node.position(), path, unusable(range, some)));
            return special.isPresent() ? Optional.empty() : Optional.of(range);
        } catch (AddressSyntaxException wrong) {
            String message = Shown.quoted(scalar.text()) + ": " + wrong.getMessage();
            fields.error(ProblemReason.BAD_ADDRESS, node.position(), path, message);
            return Optional.empty();
        }
    }

    private static String unusable(IpRange range, Special special) {
        boolean whole =
                special.prefix().contains(range.first()) && special.prefix().contains(range.last());
        return range + (whole ? " is " : " reaches into " + special.prefix() + ", which is ") + special.kind()
                + "; clients cannot reach a Service there";
    }
}
