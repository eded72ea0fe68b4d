package dev.clarion.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The forms of all lists, and what they have in common. */
final class Forms {
    private static final PoolForm POOL = new PoolForm();
    private static final ReservationForm RESERVATION = new ReservationForm();
    private static final QuotaForm QUOTA = new QuotaForm();
    private static final L2Form L2 = new L2Form();
    private static final BfdForm BFD = new BfdForm();
    private static final PeerForm PEER = new PeerForm();
    private static final CommunityForm COMMUNITY = new CommunityForm();
    private static final BgpForm BGP = new BgpForm();

    private Forms() {}

    static EntryForm<? extends ConfigEntry> of(Section section) {
        return switch (section) {
            case IP_ADDRESS_POOLS -> POOL;
            case RESERVATIONS -> RESERVATION;
            case QUOTAS -> QUOTA;
            case L2_ADVERTISEMENTS -> L2;
            case BFD_PROFILES -> BFD;
            case BGP_PEERS -> PEER;
            case COMMUNITIES -> COMMUNITY;
            case BGP_ADVERTISEMENTS -> BGP;
        };
    }

    /** The rule for names in this list. */
    static NameRule nameRule(Section section) {
        return section == Section.COMMUNITIES ? NameRule.COMMUNITY : NameRule.OBJECT;
    }

    /** The keys of entries of this list, the name first. */
    static List<String> keys(Section section) {
        List<String> keys = new ArrayList<>(List.of(EntryForm.NAME));
        keys.addAll(of(section).fields());
        return keys;
    }

    /**
     * Reads one entry.
     *
     * @param path where the entry is in its object
     * @param anyName whether names need not follow our own rules
     */
    static Reading.Entry read(
            Origin origin, Section section, String path, Node node, boolean anyName, List<Problem> problems) {
        NameRule names = anyName ? NameRule.ANY : nameRule(section);
        Optional<String> name = nameOf(node, names);
        Reading.Place place = new Reading.Place(origin, section, name, path, node.position());
        Notes notes = new Notes(place, anyName, problems);
        if (!(node instanceof Node.Mapping mapping)) {
            notes.error(
                    ProblemReason.WRONG_TYPE, node.position(), "", "this is " + node.type() + "; begin with 'name:'");
            return new Reading.Bad(place);
        }
        EntryForm<?> form = of(section);
        FieldReader fields = FieldReader.open(notes, "", mapping, keys(section), form.refused());
        if (name.isEmpty()) {
            fields.value(EntryForm.NAME)
                    .ifPresentOrElse(
                            wrong -> fields.name(wrong, EntryForm.NAME, names), () -> fields.missing(EntryForm.NAME));
        }
        return read(form, name.orElse("?"), fields);
    }

    /** Reads the fields of an entry whose name is known, or is {@code ?} if it is not. */
    static Reading.Entry read(EntryForm<?> form, String name, FieldReader fields) {
        Notes notes = fields.notes();
        Optional<? extends ConfigEntry> value = form.read(name, fields);
        return notes.isBad() || value.isEmpty() || notes.place().name().isEmpty()
                ? new Reading.Bad(notes.place())
                : new Reading.Good(notes.place(), value.get(), notes.spots());
    }

    /** The name of an entry, if the node has one that can be relied on. */
    static Optional<String> nameOf(Node node, NameRule rule) {
        if (!(node instanceof Node.Mapping mapping)) {
            return Optional.empty();
        }
        List<Node.Field> names = mapping.fields().stream()
                .filter(field -> field.key().equals(EntryForm.NAME))
                .toList();
        return names.size() == 1
                        && names.getFirst().value() instanceof Node.Scalar scalar
                        && scalar.kind() == Node.Kind.TEXT
                        && rule.admits(scalar.text())
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    static void write(ConfigEntry entry, YamlWriter yaml) {
        switch (entry) {
            case IpAddressPool pool -> POOL.write(pool, yaml);
            case Reservation reservation -> RESERVATION.write(reservation, yaml);
            case Quota quota -> QUOTA.write(quota, yaml);
            case L2Advertisement l2 -> L2.write(l2, yaml);
            case BfdProfile profile -> BFD.write(profile, yaml);
            case BgpPeer peer -> PEER.write(peer, yaml);
            case CommunityAlias alias -> COMMUNITY.write(alias, yaml);
            case BgpAdvertisement bgp -> BGP.write(bgp, yaml);
        }
    }
}
