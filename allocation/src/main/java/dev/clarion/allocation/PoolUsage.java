package dev.clarion.allocation;

import dev.clarion.config.Config;
import dev.clarion.config.Reservation;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How full a pool is, exactly, although a pool may have more addresses than 64 bits can count. The five kinds are
 * disjoint and make up the total.
 *
 * @param pool its name
 * @param family one of the families it has addresses of
 * @param total how many addresses it has for Services
 * @param assigned how many of them somebody has
 * @param reserved how many more are kept for the Services that they are reserved for
 * @param retained how many more are kept for Services that were deleted and may come back
 * @param resting how many more were given back so shortly ago that nobody else gets them yet
 */
public record PoolUsage(
        String pool, IpFamily family, BigInteger total, long assigned, long reserved, long retained, long resting) {
    /** How many may be given to the next who comes. */
    public BigInteger available() {
        return total.subtract(BigInteger.valueOf(assigned + reserved + retained + resting));
    }

    private static final class Counts {
        private long assigned;
        private long reserved;
        private long retained;
        private long resting;
    }

    private record Of(String pool, IpFamily family) {}

    private record Having(ServiceKey service, IpFamily family) {}

    /** One per pool and family, in order of names. */
    public static List<PoolUsage> of(Config config, Ledger ledger, Instant now) {
        Pools pools = new Pools(new ClusterView(config, "", List.of()));
        Map<Of, Counts> counts = new HashMap<>();
        Set<Ip> assigned = new HashSet<>();
        Set<Having> having = new HashSet<>();
        Set<Ip> reserved = new HashSet<>();
        for (Reservation reservation : config.reservations()) {
            reserved.addAll(reservation.addresses());
        }
        ledger.forEach(entry -> {
            if (entry instanceof LedgerEntry.Held held) {
                held.holders()
                        .forEach(holder -> having.add(
                                new Having(holder.service(), held.ip().family())));
            }
        });
        ledger.forEach(entry -> {
            Counts of = counts(counts, pools, entry.ip());
            if (of != null) {
                switch (entry) {
                    case LedgerEntry.Held held -> {
                        of.assigned++;
                        assigned.add(held.ip());
                    }
                    case LedgerEntry.Resting resting when reserved.contains(resting.ip()) -> {}
                    case LedgerEntry.Resting resting -> rest(of, resting, having, pools, now);
                }
            }
        });
        for (Ip ip : reserved) {
            Counts of = counts(counts, pools, ip);
            if (of != null && !assigned.contains(ip)) {
                of.reserved++;
            }
        }
        List<PoolUsage> usages = new ArrayList<>();
        for (PoolSpace pool : pools.all()) {
            for (IpFamily family : IpFamily.values()) {
                BigInteger total = pool.pool().size(family);
                if (total.signum() > 0) {
                    Counts of = counts.getOrDefault(new Of(pool.name(), family), new Counts());
                    usages.add(new PoolUsage(
                            pool.name(), family, total, of.assigned, of.reserved, of.retained, of.resting));
                }
            }
        }
        return usages;
    }

    private static void rest(Counts of, LedgerEntry.Resting resting, Set<Having> having, Pools pools, Instant now) {
        PoolSpace pool = pools.covering(resting.ip());
        if (pool == null) {
            return;
        }
        boolean lives = having.contains(new Having(resting.last(), resting.ip().family()));
        if (!lives && resting.released().plus(pool.pool().retention()).isAfter(now)) {
            of.retained++;
        } else if (pool.cooled(resting).isAfter(now)) {
            of.resting++;
        }
    }

    private static @Nullable Counts counts(Map<Of, Counts> counts, Pools pools, Ip ip) {
        PoolSpace pool = pools.covering(ip);
        return pool == null || !pool.gives(ip)
                ? null
                : counts.computeIfAbsent(new Of(pool.name(), ip.family()), any -> new Counts());
    }
}
