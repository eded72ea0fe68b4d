package dev.clarion.announcement;

import dev.clarion.net.Ip;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which addresses this node is not to announce yet, because its kernel would not know what to do with their traffic. Where
 * the kernel's rules can be read, an address waits for its rule; but not for ever, since another data plane may have
 * taken kube-proxy's place and left its rules behind. Where they cannot be read, it waits a little from the moment on that
 * the node could serve it; what is there at the start has its rules from before. Belongs to one thread.
 */
public final class DataPlane {
    /** How long an address waits where rules cannot be read: kube-proxy writes them once a second at most. */
    public static final Duration SETTLING = Duration.ofSeconds(1);
    /** How long an address waits for a rule that can be read, and does not come. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Since when the node could serve each address. */
    private final Map<Ip, Long> since = new HashMap<>();

    private boolean begun;
    private OptionalLong next = OptionalLong.empty();

    /** The addresses of Clarion's Services whose traffic a node serves if it arrives there. */
    public static Set<Ip> served(Collection<ServiceView> services, String node) {
        Set<Ip> served = new HashSet<>();
        services.stream()
                .filter(service -> AddressEntry.isOurs(service) && service.servedOn(node))
                .forEach(service -> served.addAll(service.addresses()));
        return served;
    }

    /**
     * What waits now.
     *
     * @param served the addresses that the node could serve
     * @param rules those that the kernel has rules for; empty if that cannot be told
     * @param now nanoseconds of a clock that only goes forward
     */
    public Set<Ip> unready(Set<Ip> served, Optional<Set<Ip>> rules, long now) {
        since.keySet().retainAll(served);
        next = OptionalLong.empty();
        long wait = (rules.isPresent() ? PATIENCE : SETTLING).toNanos();
        Set<Ip> unready = new HashSet<>();
        for (Ip address : served) {
            // What was served before this run began has waited already, as long as nobody knows better.
            long from = since.computeIfAbsent(address, first -> begun ? now : now - SETTLING.toNanos());
            boolean ruled = rules.filter(known -> known.contains(address)).isPresent();
            long until = from + wait;
            if (!ruled && until - now > 0) {
                unready.add(address);
                next = next.isPresent() && next.getAsLong() - until < 0 ? next : OptionalLong.of(until);
            }
        }
        begun = true;
        return unready;
    }

    /** When the next address will have waited long enough, if any waits. */
    public OptionalLong next() {
        return next;
    }
}
