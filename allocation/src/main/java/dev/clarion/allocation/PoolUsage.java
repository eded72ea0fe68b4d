package dev.clarion.allocation;

import dev.clarion.config.Config;
import dev.clarion.config.IpAddressPool;
import dev.clarion.net.IpFamily;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How full a pool is, exactly.
 *
 * @param pool its name
 * @param family one of the families it has addresses of
 * @param total how many addresses it has, which may be more than 64 bits hold
 * @param used how many of them are held
 */
public record PoolUsage(String pool, IpFamily family, BigInteger total, long used) {
    /** One per pool and family, in order of names. */
    public static List<PoolUsage> of(Config config, Ledger ledger) {
        Pools pools = new Pools(config, ip -> false);
        Map<String, Map<IpFamily, Long>> used = new HashMap<>();
        ledger.entries()
                .forEach(entry -> pools.of(entry.ip())
                        .ifPresent(pool -> used.computeIfAbsent(pool.name(), name -> new EnumMap<>(IpFamily.class))
                                .merge(entry.ip().family(), 1L, Long::sum)));
        List<PoolUsage> usages = new ArrayList<>();
        for (IpAddressPool pool : pools.all()) {
            Map<IpFamily, Long> counts = used.getOrDefault(pool.name(), Map.of());
            for (IpFamily family : IpFamily.values()) {
                BigInteger total = pool.addresses().only(family).size();
                if (total.signum() > 0) {
                    usages.add(new PoolUsage(pool.name(), family, total, counts.getOrDefault(family, 0L)));
                }
            }
        }
        return usages;
    }
}
