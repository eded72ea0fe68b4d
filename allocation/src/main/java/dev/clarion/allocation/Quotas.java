package dev.clarion.allocation;

import dev.clarion.config.Quota;
import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many addresses each namespace has of those that its quotas count. What two Services of a namespace share counts
 * once; an address that is about to be replaced does not count beside the one that replaces it.
 */
final class Quotas {
    private final ClusterView view;
    private final Map<String, List<Account>> accounts = new HashMap<>();

    /** One quota as it holds for one namespace. */
    private static final class Account {
        private final Quota quota;
        private final Map<Ip, Integer> users = new HashMap<>();

        private Account(Quota quota) {
            this.quota = quota;
        }
    }

    Quotas(ClusterView view) {
        this.view = view;
    }

    boolean isEmpty() {
        return view.config().quotas().isEmpty();
    }

    private List<Account> of(String namespace) {
        return accounts.computeIfAbsent(namespace, name -> {
            List<Account> list = new ArrayList<>();
            for (Quota quota : view.config().quotas()) {
                if (quota.appliesTo(name, view.labelsOf(name))) {
                    list.add(new Account(quota));
                }
            }
            return list;
        });
    }

    void add(String namespace, Spot spot) {
        count(namespace, spot, 1);
    }

    void remove(String namespace, Spot spot) {
        count(namespace, spot, -1);
    }

    private void count(String namespace, Spot spot, int by) {
        PoolSpace pool = spot.pool();
        if (isEmpty() || pool == null) {
            return;
        }
        for (Account account : of(namespace)) {
            if (account.quota.countsIn(pool.name())) {
                account.users.merge(spot.ip(), by, (before, change) -> before + change == 0 ? null : before + change);
            }
        }
    }

    /** Which quota lets the namespace have no further address of the pool, with its figures. */
    Optional<String> exhausted(String namespace, PoolSpace pool) {
        return isEmpty() ? Optional.empty() : exhausted(namespace, pool, List.of(), Optional.empty());
    }

    /**
     * Which quota stands against one more address.
     *
     * @param taken the pools of what was chosen for the same Service just before
     * @param replaced what the Service gives up for it
     */
    Optional<String> exhausted(String namespace, PoolSpace pool, List<PoolSpace> taken, Optional<Spot> replaced) {
        if (isEmpty()) {
            return Optional.empty();
        }
        for (Account account : of(namespace)) {
            Quota quota = account.quota;
            if (quota.countsIn(pool.name())
                    && replaced.filter(spot -> account.users.containsKey(spot.ip()))
                            .isEmpty()) {
                int more = 1;
                for (PoolSpace other : taken) {
                    more += quota.countsIn(other.name()) ? 1 : 0;
                }
                if (account.users.size() + more > quota.addresses()) {
                    return Optional.of("quota " + quota.name() + " lets namespace " + namespace + " have "
                            + quota.addresses() + (quota.addresses() == 1 ? " address" : " addresses") + " and it has "
                            + account.users.size());
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the namespace has this address already, so that one more of its Services there counts nothing. */
    boolean has(String namespace, Spot spot) {
        if (isEmpty()) {
            return true;
        }
        for (Account account : of(namespace)) {
            PoolSpace pool = spot.pool();
            if (pool != null && account.quota.countsIn(pool.name()) && !account.users.containsKey(spot.ip())) {
                return false;
            }
        }
        return true;
    }
}
