package dev.clarion.config;

import java.util.List;
import java.util.Optional;

/** {@code bgpAdvertisements}. */
final class BgpForm implements EntryForm<BgpAdvertisement> {
    static final String POOLS = "ipAddressPools";
    static final String POOL_SELECTORS = "ipAddressPoolSelectors";
    static final String AGGREGATION_LENGTH = "aggregationLength";
    static final String AGGREGATION_LENGTH_V6 = "aggregationLengthV6";
    static final String LOCAL_PREF = "localPref";
    static final String COMMUNITIES = "communities";
    static final String PEERS = "peers";
    static final String NODE_SELECTORS = "nodeSelectors";
    static final String SERVICE_SELECTORS = "serviceSelectors";
    static final String WEIGHT_BY_ENDPOINTS = "weightByEndpoints";

    private static final long MOST_PREFERENCE = 0xffff_ffffL;

    private static final List<String> FIELDS = List.of(
            POOLS,
            POOL_SELECTORS,
            AGGREGATION_LENGTH,
            AGGREGATION_LENGTH_V6,
            LOCAL_PREF,
            COMMUNITIES,
            PEERS,
            NODE_SELECTORS,
            SERVICE_SELECTORS,
            WEIGHT_BY_ENDPOINTS);

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Optional<BgpAdvertisement> read(String name, FieldReader fields) {
        BgpAdvertisement bgp = new BgpAdvertisement(
                name,
                fields.names(POOLS, NameRule.OBJECT),
                SelectorForm.readAll(fields, POOL_SELECTORS),
                fields.number(AGGREGATION_LENGTH, 1, BgpAdvertisement.HOST_LENGTH, BgpAdvertisement.HOST_LENGTH),
                fields.number(
                        AGGREGATION_LENGTH_V6, 1, BgpAdvertisement.HOST_LENGTH_V6, BgpAdvertisement.HOST_LENGTH_V6),
                fields.number(LOCAL_PREF, 0L, MOST_PREFERENCE).orElse(0),
                fields.distinct(
                        COMMUNITIES,
                        (node, path) -> CommunityForm.community(fields, node, path),
                        community -> Shown.quoted(community.toString())),
                fields.names(PEERS, NameRule.OBJECT),
                SelectorForm.readAll(fields, NODE_SELECTORS),
                SelectorForm.readAll(fields, SERVICE_SELECTORS),
                fields.bool(WEIGHT_BY_ENDPOINTS, false));
        boolean aggregates = bgp.aggregationLength() != BgpAdvertisement.HOST_LENGTH
                || bgp.aggregationLengthV6() != BgpAdvertisement.HOST_LENGTH_V6;
        if (aggregates && !bgp.serviceSelectors().isEmpty()) {
            fields.error(
                    ProblemReason.CONTRADICTION,
                    fields.position(SERVICE_SELECTORS),
                    SERVICE_SELECTORS,
                    "an aggregate would carry the addresses of Services that are not selected; take out the"
                            + " aggregation lengths or the selectors");
        }
        if (aggregates && bgp.weightByEndpoints()) {
            fields.error(
                    ProblemReason.CONTRADICTION,
                    fields.position(WEIGHT_BY_ENDPOINTS),
                    WEIGHT_BY_ENDPOINTS,
                    "an aggregate has one weight, the addresses in it would need one each; take out the aggregation"
                            + " lengths, or this");
        }
        return Optional.of(bgp);
    }

    @Override
    public void write(BgpAdvertisement bgp, YamlWriter yaml) {
        yaml.texts(POOLS, bgp.ipAddressPools());
        SelectorForm.writeAll(yaml, POOL_SELECTORS, bgp.ipAddressPoolSelectors());
        if (bgp.aggregationLength() != BgpAdvertisement.HOST_LENGTH) {
            yaml.plain(AGGREGATION_LENGTH, bgp.aggregationLength());
        }
        if (bgp.aggregationLengthV6() != BgpAdvertisement.HOST_LENGTH_V6) {
            yaml.plain(AGGREGATION_LENGTH_V6, bgp.aggregationLengthV6());
        }
        if (bgp.localPref() != 0) {
            yaml.plain(LOCAL_PREF, bgp.localPref());
        }
        yaml.texts(COMMUNITIES, bgp.communities());
        yaml.texts(PEERS, bgp.peers());
        SelectorForm.writeAll(yaml, NODE_SELECTORS, bgp.nodeSelectors());
        SelectorForm.writeAll(yaml, SERVICE_SELECTORS, bgp.serviceSelectors());
        if (bgp.weightByEndpoints()) {
            yaml.plain(WEIGHT_BY_ENDPOINTS, true);
        }
    }
}
