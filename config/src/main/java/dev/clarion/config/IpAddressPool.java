package dev.clarion.config;

import dev.clarion.net.AddressSet;
import dev.clarion.net.Ip;
import dev.clarion.net.IpRange;
import java.util.List;

/**
 * Addresses that may be given to Services.
 *
 * @param name a DNS label, unique among pools
 * @param ranges the addresses in the order written, of one or both families, disjoint also from those of other pools
 * @param autoAssign whether Services that ask for no particular pool may get an address from this one
 */
public record IpAddressPool(String name, List<IpRange> ranges, boolean autoAssign) implements ConfigEntry {

    public IpAddressPool {
        ranges = List.copyOf(ranges);
    }

    /** The ranges as a set, built anew by each call: callers in a loop keep it. */
    public AddressSet addresses() {
        return AddressSet.of(ranges);
    }

    /** Whether the address belongs to this pool. */
    public boolean contains(Ip ip) {
        return ranges.stream().anyMatch(range -> range.contains(ip));
    }

    @Override
    public Section section() {
        return Section.IP_ADDRESS_POOLS;
    }
}
