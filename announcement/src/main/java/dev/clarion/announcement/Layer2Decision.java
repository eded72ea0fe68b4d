package dev.clarion.announcement;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What was decided on one address at layer 2.
 *
 * @param owner who owns it
 * @param interfaces those of this node that announce it; empty unless this node is the owner
 * @param reasons why each node does or does not announce it
 */
public record Layer2Decision(
        Optional<String> owner, SortedSet<String> interfaces, SortedMap<String, AnnouncementReason> reasons) {
    public Layer2Decision {
        interfaces = Collections.unmodifiableSortedSet(interfaces);
        reasons = Collections.unmodifiableSortedMap(reasons);
    }
}
