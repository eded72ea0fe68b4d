package dev.clarion.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code quotas}. */
final class QuotaForm implements EntryForm<Quota> {
    static final String NAMESPACES = "namespaces";
    static final String NAMESPACE_SELECTORS = "namespaceSelectors";
    static final String POOLS = "ipAddressPools";
    static final String ADDRESSES = "addresses";

    private static final List<String> FIELDS = List.of(ADDRESSES, NAMESPACES, NAMESPACE_SELECTORS, POOLS);

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Optional<Quota> read(String name, FieldReader fields) {
        fields.need(List.of(ADDRESSES));
        OptionalLong addresses = fields.number(ADDRESSES, 0L, Integer.MAX_VALUE);
        return Optional.of(new Quota(
                name,
                fields.names(NAMESPACES, NameRule.LABEL),
                SelectorForm.readAll(fields, NAMESPACE_SELECTORS),
                fields.names(POOLS, NameRule.OBJECT),
                (int) addresses.orElse(0)));
    }

    @Override
    public void write(Quota quota, YamlWriter yaml) {
        yaml.plain(ADDRESSES, quota.addresses());
        yaml.texts(NAMESPACES, quota.namespaces());
        SelectorForm.writeAll(yaml, NAMESPACE_SELECTORS, quota.namespaceSelectors());
        yaml.texts(POOLS, quota.ipAddressPools());
    }
}
