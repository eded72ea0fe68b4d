package dev.clarion.config;

import dev.clarion.config.L2Advertisement.Preference;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code l2Advertisements}. */
final class L2Form implements EntryForm<L2Advertisement> {
    static final String POOLS = "ipAddressPools";
    static final String POOL_SELECTORS = "ipAddressPoolSelectors";
    static final String NODE_SELECTORS = "nodeSelectors";
    static final String INTERFACES = "interfaces";
    static final String SERVICE_SELECTORS = "serviceSelectors";
    static final String PREFERRED_NODE_SELECTORS = "preferredNodeSelectors";
    static final String WEIGHT = "weight";
    static final String PREFERENCE = "preference";

    private static final List<String> FIELDS =
            List.of(POOLS, POOL_SELECTORS, NODE_SELECTORS, INTERFACES, SERVICE_SELECTORS, PREFERRED_NODE_SELECTORS);
    private static final List<String> PREFERENCE_FIELDS = List.of(WEIGHT, PREFERENCE);

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Optional<L2Advertisement> read(String name, FieldReader fields) {
        return Optional.of(new L2Advertisement(
                name,
                fields.names(POOLS, NameRule.OBJECT),
                SelectorForm.readAll(fields, POOL_SELECTORS),
                SelectorForm.readAll(fields, NODE_SELECTORS),
                fields.names(INTERFACES, NameRule.INTERFACE),
                SelectorForm.readAll(fields, SERVICE_SELECTORS),
                fields.each(PREFERRED_NODE_SELECTORS, (node, path) -> preference(fields, node, path))));
    }

    private static Optional<Preference> preference(FieldReader parent, Node node, String path) {
        return parent.mapping(node, path, PREFERENCE_FIELDS).flatMap(fields -> {
            fields.need(PREFERENCE_FIELDS);
            OptionalLong weight = fields.number(WEIGHT, 1L, Preference.MAX_WEIGHT);
            Optional<LabelSelector> selector =
                    fields.one(PREFERENCE, (inner, at) -> SelectorForm.read(fields, inner, at));
            return weight.isPresent()
                    ? selector.map(nodes -> new Preference((int) weight.getAsLong(), nodes))
                    : Optional.empty();
        });
    }

    @Override
    public void write(L2Advertisement l2, YamlWriter yaml) {
        yaml.texts(POOLS, l2.ipAddressPools());
        SelectorForm.writeAll(yaml, POOL_SELECTORS, l2.ipAddressPoolSelectors());
        SelectorForm.writeAll(yaml, NODE_SELECTORS, l2.nodeSelectors());
        yaml.texts(INTERFACES, l2.interfaces());
        SelectorForm.writeAll(yaml, SERVICE_SELECTORS, l2.serviceSelectors());
        yaml.itemsIfAny(
                PREFERRED_NODE_SELECTORS,
                l2.preferredNodeSelectors(),
                (preference, item) -> item.plain(WEIGHT, preference.weight())
                        .mapping(PREFERENCE, inner -> SelectorForm.write(preference.preference(), inner)));
    }
}
