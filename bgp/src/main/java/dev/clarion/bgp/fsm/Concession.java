package dev.clarion.bgp.fsm;

import dev.clarion.bgp.wire.BgpError;
import dev.clarion.bgp.wire.Bytes;
import dev.clarion.bgp.wire.Capability;
import dev.clarion.bgp.wire.Notification;
import dev.clarion.bgp.wire.Open;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a peer could not stand in our OPEN, and so is not told again (RFC 5492 section 3).
 *
 * @param bare whether it takes no optional parameters at all
 * @param without the codes of the capabilities that it refused
 */
public record Concession(boolean bare, Set<Integer> without) {
    /** A peer that takes everything. */
    public static final Concession NONE = new Concession(false, Set.of());

    /** Takes a copy of the set. */
    public Concession {
        without = Set.copyOf(without);
    }

    /** What is left of an OPEN. */
    Open applied(Open whole) {
        List<Capability> left = whole.capabilities().stream()
                .filter(capability -> !bare && !without.contains(capability.code()))
                .toList();
        return new Open(whole.myAs(), whole.holdTime(), whole.routerId(), left);
    }

    /** What must be conceded, too, after a NOTIFICATION in answer to our OPEN; empty when nothing would be different. */
    Optional<Concession> after(Notification answer, Open sent) {
        if (sent.capabilities().isEmpty()) {
            return Optional.empty();
        }
        if (answer.error().equals(Optional.of(BgpError.UNSUPPORTED_OPTIONAL_PARAMETER))) {
            return Optional.of(new Concession(true, without));
        }
        if (!answer.error().equals(Optional.of(BgpError.UNSUPPORTED_CAPABILITY))) {
            return Optional.empty();
        }
        Set<Integer> named = codes(answer.data());
        Set<Integer> more = new HashSet<>(without);
        sent.capabilities().stream()
                .map(Capability::code)
                .filter(named::contains)
                .forEach(more::add);
        // A peer that names a capability which we did not send wants it; there is nothing to leave out then.
        return more.equals(without) ? Optional.empty() : Optional.of(new Concession(bare, more));
    }

    /** The codes in a list of capabilities; as far as it can be read. */
    private static Set<Integer> codes(Bytes data) {
        Set<Integer> codes = new HashSet<>();
        byte[] octets = data.toArray();
        for (int at = 0; at + 1 < octets.length; at += 2 + (octets[at + 1] & 0xff)) {
            codes.add(octets[at] & 0xff);
        }
        return codes;
    }

    /** For people; empty when nothing is conceded. */
    public String describe() {
        if (bare) {
            return "the peer takes no capabilities";
        }
        return without.isEmpty()
                ? ""
                : "the peer takes no capability " + without.stream().sorted().toList();
    }
}
