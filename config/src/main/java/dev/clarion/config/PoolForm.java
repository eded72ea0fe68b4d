package dev.clarion.config;

import dev.clarion.net.AddressSet;
import dev.clarion.net.IpFamily;
import dev.clarion.net.IpRange;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code ipAddressPools}. */
final class PoolForm implements EntryForm<IpAddressPool> {
    static final String ADDRESSES = "addresses";
    static final String EXCLUDE = "exclude";
    static final String AUTO_ASSIGN = "autoAssign";
    static final String AVOID_BUGGY_IPS = "avoidBuggyIPs";
    static final String SERVICE_ALLOCATION = "serviceAllocation";
    static final String PRIORITY = "priority";
    static final String NAMESPACES = "namespaces";
    static final String NAMESPACE_SELECTORS = "namespaceSelectors";
    static final String SERVICE_SELECTORS = "serviceSelectors";
    static final String ON_REMOVAL = "onRemoval";
    static final String COOL_DOWN = "coolDown";
    static final String RETENTION = "retention";
    static final String LABELS = "labels";

    /** IPv4 addresses that a pool with avoidBuggyIPs may have: a /8, which is 65,536 ranges without them. */
    static final long MOST_WITHOUT_BUGGY = 1L << 24;

    private static final List<String> FIELDS = List.of(
            ADDRESSES,
            EXCLUDE,
            AUTO_ASSIGN,
            AVOID_BUGGY_IPS,
            SERVICE_ALLOCATION,
            ON_REMOVAL,
            COOL_DOWN,
            RETENTION,
            LABELS);
    private static final List<String> ALLOCATION_FIELDS =
            List.of(PRIORITY, NAMESPACES, NAMESPACE_SELECTORS, SERVICE_SELECTORS);

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Optional<IpAddressPool> read(String name, FieldReader fields) {
        fields.needSome(ADDRESSES, "a pool needs at least one address");
        List<IpRange> ranges = new AddressRanges(fields).read(ADDRESSES);
        List<IpRange> exclude = new AddressRanges(fields).read(EXCLUDE);
        IpAddressPool pool = new IpAddressPool(
                name,
                ranges,
                exclude,
                fields.bool(AUTO_ASSIGN, true),
                fields.bool(AVOID_BUGGY_IPS, false),
                fields.one(SERVICE_ALLOCATION, (node, path) -> allocation(fields, node, path)),
                fields.choice(ON_REMOVAL, List.of(OnRemoval.values()), OnRemoval::text)
                        .orElse(OnRemoval.KEEP),
                time(fields, COOL_DOWN, IpAddressPool.MAX_COOL_DOWN, "720h, which is 30 days")
                        .orElse(IpAddressPool.DEFAULT_COOL_DOWN),
                time(fields, RETENTION, IpAddressPool.MAX_RETENTION, "8760h, which is a year")
                        .orElse(Duration.ZERO),
                SelectorForm.readLabels(fields, LABELS));
        if (!fields.notes().isBad()) {
            checkWhatIsLeft(pool, fields);
        }
        return Optional.of(pool);
    }

    private static Optional<Duration> time(FieldReader fields, String key, Duration most, String words) {
        return fields.seconds(
                key,
                time -> time.compareTo(most) <= 0,
                ProblemReason.BAD_TIME,
                "write whole seconds, from 0s to " + words);
    }

    private static Optional<ServiceAllocation> allocation(FieldReader parent, Node node, String path) {
        return parent.mapping(node, path, ALLOCATION_FIELDS)
                .map(fields -> new ServiceAllocation(
                        fields.number(PRIORITY, 0, Integer.MAX_VALUE, 0),
                        fields.names(NAMESPACES, NameRule.LABEL),
                        SelectorForm.readAll(fields, NAMESPACE_SELECTORS),
                        SelectorForm.readAll(fields, SERVICE_SELECTORS)));
    }

    private static void checkWhatIsLeft(IpAddressPool pool, FieldReader fields) {
        AddressSet ranges = AddressSet.of(pool.ranges());
        ClaimIndex<Boolean> outside = new ClaimIndex<>();
        AddressSet.of(pool.exclude()).subtract(ranges).ranges().forEach(range -> outside.put(range, true));
        for (int i = 0; i < pool.exclude().size(); i++) {
            IpRange excluded = pool.exclude().get(i);
            if (outside.firstOverlapping(excluded).isPresent()) {
                String path = EXCLUDE + "[" + i + "]";
                Position at = fields.notes().spots().getOrDefault(path, fields.position(EXCLUDE));
                String message = excluded + " is not all in this pool's addresses; is it a typing error?";
                fields.warning(ProblemReason.EXCLUDED_ELSEWHERE, at, path, message);
            }
        }
        BigInteger most = BigInteger.valueOf(MOST_WITHOUT_BUGGY);
        if (pool.avoidBuggyIps() && ranges.only(IpFamily.IPV4).size().compareTo(most) > 0) {
            fields.error(
                    ProblemReason.CONTRADICTION,
                    fields.position(AVOID_BUGGY_IPS),
                    AVOID_BUGGY_IPS,
                    "a pool of more IPv4 addresses than a /8 has cannot avoid some; split it or take this out");
        } else if (pool.size(IpFamily.IPV4).signum() == 0
                && pool.size(IpFamily.IPV6).signum() == 0) {
            String message = "all addresses of the pool are excluded, so nobody gets any";
            fields.warning(ProblemReason.NOTHING_LEFT, fields.position(ADDRESSES), ADDRESSES, message);
        }
    }

    @Override
    public void write(IpAddressPool pool, YamlWriter yaml) {
        yaml.texts(ADDRESSES, pool.ranges());
        yaml.texts(EXCLUDE, pool.exclude());
        yaml.plain(AUTO_ASSIGN, pool.autoAssign());
        if (pool.avoidBuggyIps()) {
            yaml.plain(AVOID_BUGGY_IPS, true);
        }
        pool.serviceAllocation()
                .ifPresent(allocation -> yaml.mapping(SERVICE_ALLOCATION, inner -> write(allocation, inner)));
        if (pool.onRemoval() != OnRemoval.KEEP) {
            yaml.text(ON_REMOVAL, pool.onRemoval().text());
        }
        if (!pool.coolDown().equals(IpAddressPool.DEFAULT_COOL_DOWN)) {
            yaml.text(COOL_DOWN, GoDuration.format(pool.coolDown()));
        }
        if (!pool.retention().isZero()) {
            yaml.text(RETENTION, GoDuration.format(pool.retention()));
        }
        SelectorForm.writeLabels(yaml, LABELS, pool.labels());
    }

    private static void write(ServiceAllocation allocation, YamlWriter yaml) {
        if (allocation.priority() != 0) {
            yaml.plain(PRIORITY, allocation.priority());
        }
        yaml.texts(NAMESPACES, allocation.namespaces());
        SelectorForm.writeAll(yaml, NAMESPACE_SELECTORS, allocation.namespaceSelectors());
        SelectorForm.writeAll(yaml, SERVICE_SELECTORS, allocation.serviceSelectors());
    }
}
