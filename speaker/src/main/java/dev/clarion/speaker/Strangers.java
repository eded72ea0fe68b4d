package dev.clarion.speaker;

import dev.clarion.net.Ip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Hosts of the segments that are no members: gateways, clients. A node that hears one of them is not alone. Belongs to
 * one thread.
 */
final class Strangers {
    private static final int REMEMBERED = 4;
    private static final long TELL_EVERY = TimeUnit.MILLISECONDS.toNanos(50);

    private final Map<String, LinkedHashSet<Ip>> known = new HashMap<>();
    private final Map<String, Long> toldAt = new HashMap<>();

    /** One was heard; whether that is worth telling, since nothing was told of this interface just now. */
    boolean heard(String interfaceName, Ip host, long now) {
        LinkedHashSet<Ip> hosts = known.computeIfAbsent(interfaceName, name -> new LinkedHashSet<>());
        hosts.remove(host);
        hosts.add(host);
        if (hosts.size() > REMEMBERED) {
            hosts.removeFirst();
        }
        Long last = toldAt.get(interfaceName);
        if (last != null && now - last < TELL_EVERY) {
            return false;
        }
        toldAt.put(interfaceName, now);
        return true;
    }

    /** Whom to ask for a sign of life: the gateways, and who was heard last. */
    List<Ip> toAsk(String interfaceName, Set<Ip> gateways, Predicate<Ip> member) {
        Set<Ip> hosts = new LinkedHashSet<>(gateways);
        hosts.addAll(known.getOrDefault(interfaceName, new LinkedHashSet<>()));
        List<Ip> asked = new ArrayList<>(hosts);
        asked.removeIf(member);
        return asked;
    }
}
