package dev.clarion.config;

import dev.clarion.net.AddressSyntaxException;
import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.Optional;

/** Reads the fields that only a BGP peer has. */
final class PeerFields {
    private static final long MAX_ASN = 0xffff_ffffL;
    private static final long MIN_HOLD = 3;
    private static final long MAX_HOLD = 65_535;

    private final FieldReader fields;

    PeerFields(FieldReader fields) {
        this.fields = fields;
    }

    /** An AS number (RFC 6793); 1 if it is bad, which is noted. */
    long asn(String key) {
        Optional<Node> value = fields.value(key);
        if (value.isEmpty()) {
            fields.missing(key);
            return 1;
        }
        Node node = value.get();
        if (!(node instanceof Node.Scalar scalar) || scalar.kind() != Node.Kind.INTEGER) {
            String hint = node instanceof Node.Scalar text && text.text().matches("[0-9]{1,10}")
                    ? "; take the quotes off"
                    : "; write a plain number such as 64513";
            fields.error(ProblemReason.WRONG_TYPE, node.position(), key, "this is " + node.type() + hint);
            return 1;
        }
        if (!scalar.text().matches("[1-9][0-9]{0,9}") || Long.parseLong(scalar.text()) > MAX_ASN) {
            fields.error(
                    ProblemReason.BAD_ASN,
                    node.position(),
                    key,
                    Shown.quoted(scalar.text()) + " is no AS number; 1 to " + MAX_ASN + " are, in plain digits");
            return 1;
        }
        return Long.parseLong(scalar.text());
    }

    Optional<Ip> address() {
        String key = "peerAddress";
        Optional<Node> value = fields.value(key);
        if (value.isEmpty()) {
            fields.missing(key);
            return Optional.empty();
        }
        Node node = value.get();
        if (!(node instanceof Node.Scalar scalar)) {
            fields.error(
                    ProblemReason.WRONG_TYPE, node.position(), key, "this is " + node.type() + "; write one address");
            return Optional.empty();
        }
        try {
            Ip ip = Ip.parse(scalar.text());
            if (ip.isUnspecified() || ip.isMulticast() || ip.isLimitedBroadcast()) {
                fields.error(ProblemReason.UNUSABLE_ADDRESS, node.position(), key, ip + " is not one router's address");
                return Optional.empty();
            } else if (ip.isLinkLocal()) {
                String message = ip + " is link-local; sessions on an interface are not supported yet";
                fields.error(ProblemReason.UNUSABLE_ADDRESS, node.position(), key, message);
                return Optional.empty();
            }
            fields.remember(key, node.position());
            return Optional.of(ip);
        } catch (AddressSyntaxException wrong) {
            String message = Shown.quoted(scalar.text()) + ": " + wrong.getMessage();
            fields.error(ProblemReason.BAD_ADDRESS, node.position(), key, message);
            return Optional.empty();
        }
    }

    Duration holdTime() {
        String key = "holdTime";
        Optional<Node> value = fields.value(key);
        if (value.isEmpty()) {
            return BgpPeer.DEFAULT_HOLD_TIME;
        }
        Node node = value.get();
        if (!(node instanceof Node.Scalar scalar)) {
            fields.error(
                    ProblemReason.WRONG_TYPE, node.position(), key, "this is " + node.type() + "; write a time as 90s");
            return BgpPeer.DEFAULT_HOLD_TIME;
        }
        try {
            Duration time = GoDuration.parse(scalar.text());
            if (isHoldTime(time)) {
                return time;
            }
            fields.error(
                    ProblemReason.BAD_HOLD_TIME,
                    node.position(),
                    key,
                    Shown.quoted(scalar.text()) + ": a hold time is 0s, or 3s to 65535s in whole seconds");
        } catch (GoDuration.Malformed wrong) {
            fields.error(ProblemReason.BAD_HOLD_TIME, node.position(), key, String.valueOf(wrong.getMessage()));
        }
        return BgpPeer.DEFAULT_HOLD_TIME;
    }

    private static boolean isHoldTime(Duration time) {
        long seconds = time.toSeconds();
        return time.equals(Duration.ofSeconds(seconds))
                && (seconds == 0 || (seconds >= MIN_HOLD && seconds <= MAX_HOLD));
    }
}
