package dev.clarion.bgp;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How two forms of one peer's settings differ.
 *
 * @param fields in which
 */
public record PeerChange(Set<PeerField> fields) {
    /** Takes a copy of the set. */
    public PeerChange {
        fields = fields.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(fields));
    }

    /** The change from one form to another of the peer with this name. */
    public static PeerChange between(PeerConfig before, PeerConfig after) {
        EnumSet<PeerField> fields = EnumSet.noneOf(PeerField.class);
        Arrays.stream(PeerField.values())
                .filter(field -> field.differs(before, after))
                .forEach(fields::add);
        return new PeerChange(fields);
    }

    /** The greatest need of them; {@link Need#LIVE} when nothing differs. */
    public Need need() {
        return fields.stream().map(PeerField::need).max(Need::compareTo).orElse(Need.LIVE);
    }

    /** Whether this field is among them. */
    public boolean has(PeerField field) {
        return fields.contains(field);
    }
}
