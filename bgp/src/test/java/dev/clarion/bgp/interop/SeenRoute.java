package dev.clarion.bgp.interop;

import dev.clarion.net.Ip;
import dev.clarion.net.Prefix;
import java.util.List;
import java.util.Set;

/**
 * A route of ours as the router shows it.
 *
 * @param prefix the destination
 * @param nextHops the next hop, for IPv6 possibly a link-local one too
 * @param asPath the AS numbers, nearest first
 * @param communities all that the router prints, in one notation whatever its own: {@code 64513:7},
 *     {@code rt:64513:99}, {@code 64513:1:2}
 */
record SeenRoute(Prefix prefix, Set<Ip> nextHops, List<Long> asPath, Set<String> communities) {}
