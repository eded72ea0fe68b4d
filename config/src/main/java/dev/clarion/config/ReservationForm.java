package dev.clarion.config;

import dev.clarion.net.Ip;
import java.util.List;
import java.util.Optional;

/** {@code reservations}. */
final class ReservationForm implements EntryForm<Reservation> {
    static final String ADDRESSES = "addresses";
    static final String SERVICE = "service";

    private static final List<String> FIELDS = List.of(ADDRESSES, SERVICE);

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Optional<Reservation> read(String name, FieldReader fields) {
        fields.needSome(ADDRESSES, "a reservation needs at least one address");
        AddressRanges addresses = new AddressRanges(fields);
        List<Ip> ips = fields.distinct(ADDRESSES, addresses::single, Ip::toString);
        fields.need(List.of(SERVICE));
        return fields.one(SERVICE, (node, path) -> service(fields, node, path))
                .map(parts -> new Reservation(name, ips, parts[0], parts[1]));
    }

    private static Optional<String[]> service(FieldReader fields, Node node, String path) {
        return fields.scalar(node, path, "write namespace/name").flatMap(scalar -> {
            String[] parts = scalar.text().split("/", -1);
            if (parts.length == 2 && NameRule.LABEL.admits(parts[0]) && NameRule.LABEL.admits(parts[1])) {
                return Optional.of(parts);
            }
            String message = Shown.quoted(scalar.text()) + " is no Service; write namespace/name";
            fields.error(ProblemReason.BAD_NAME, node.position(), path, message);
            return Optional.empty();
        });
    }

    @Override
    public void write(Reservation reservation, YamlWriter yaml) {
        yaml.texts(ADDRESSES, reservation.addresses());
        yaml.text(SERVICE, reservation.namespace() + "/" + reservation.service());
    }
}
