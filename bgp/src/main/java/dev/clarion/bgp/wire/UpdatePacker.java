package dev.clarion.bgp.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Puts prefixes into as few UPDATEs as will hold them: one set of attributes, then prefixes up to the longest message.
 * Withdrawals, IPv4 and other families never share a message (RFC 7606 section 5.1).
 */
public final class UpdatePacker {
    private final Family family;
    private final WireContext context;
    private final long localAs;

    /** For a session that carries this unicast family; {@code localAs} is ours. */
    public UpdatePacker(Family family, WireContext context, long localAs) {
        this.family = family;
        this.context = context;
        this.localAs = localAs;
    }

    /** UPDATEs that announce the prefixes with one next hop of the session's family; LOCAL_PREF goes to iBGP only. */
    public List<Update> announce(Ip nextHop, OptionalLong localPref, Collection<Prefix> prefixes) {
        return pack(prefixes, chunk -> announcement(nextHop, localPref, chunk));
    }

    /** UPDATEs that withdraw the prefixes. */
    public List<Update> withdraw(Collection<Prefix> prefixes) {
        return pack(prefixes, this::withdrawal);
    }

    private Update announcement(Ip nextHop, OptionalLong localPref, List<Prefix> prefixes) {
        boolean inFields = family.equals(Family.IPV4_UNICAST);
        AsPath path = context.external() ? AsPath.of(localAs) : AsPath.EMPTY;
        List<Attribute> attributes = new ArrayList<>();
        if (!inFields) {
            attributes.add(new MpReach(family, nextHop, Optional.empty(), prefixes));
        }
        attributes.add(Origin.IGP);
        attributes.add(path);
        if (inFields) {
            attributes.add(new NextHop(nextHop));
        }
        if (!context.external()) {
            attributes.add(new LocalPref(localPref.orElse(100)));
        }
        if (!context.fourOctetAs() && path.needsFourOctets()) {
            attributes.add(new As4Path(path.segments()));
        }
        return new Update(List.of(), attributes, inFields ? prefixes : List.of());
    }

    private Update withdrawal(List<Prefix> prefixes) {
        return family.equals(Family.IPV4_UNICAST)
                ? new Update(prefixes, List.of(), List.of())
                : new Update(List.of(), List.of(new MpUnreach(family, prefixes)), List.of());
    }

    private List<Update> pack(Collection<Prefix> prefixes, Function<List<Prefix>, Update> message) {
        // One octet in hand: a long multiprotocol attribute needs a second octet for its length.
        int room = Header.MAX_MESSAGE - message.apply(List.of()).encode(context).length - 1;
        List<Update> updates = new ArrayList<>();
        List<Prefix> chunk = new ArrayList<>();
        int used = 0;
        for (Prefix prefix : prefixes) {
            int length = Prefixes.encodedLength(prefix);
            if (used + length > room) {
                updates.add(message.apply(chunk));
                chunk.clear();
                used = 0;
            }
            chunk.add(prefix);
            used += length;
        }
        if (!chunk.isEmpty()) {
            updates.add(message.apply(chunk));
        }
        return updates;
    }
}
