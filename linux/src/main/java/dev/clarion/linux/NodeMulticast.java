package dev.clarion.linux;

import dev.clarion.linux.MembershipSockets.Slot;
import dev.clarion.net.Ip;
import dev.clarion.net.IpFamily;
import java.util.HashMap;
import java.util.Map;

/**
 * Memberships of IPv6 multicast groups, twice each: as a member of the kernel's (IPV6_ADD_MEMBERSHIP, ipv6(7)), which
 * sends MLD reports so that snooping switches forward the group, and in the filter of the network card
 * (PACKET_MR_MULTICAST, packet(7)). Counted: a group is left when it was left as often as it was joined. The kernel
 * forgets a membership with its interface, so join again when an interface was made anew. Needs CAP_NET_RAW.
 */
public final class NodeMulticast implements AutoCloseable {

    private record Key(int ifIndex, Ip group) {}

    private record Membership(Slot slot, int count) {}

    private final Map<Key, Membership> memberships = new HashMap<>();
    private final MembershipSockets sockets = new MembershipSockets();

    /**
     * Joins, or counts one more.
     *
     * @param ifIndex the kernel's index of the interface
     * @param group an IPv6 multicast address
     * @throws LinuxException if the kernel refuses; nothing is joined then
     */
    public synchronized void join(int ifIndex, Ip group) throws LinuxException {
        check(group);
        Key key = new Key(ifIndex, group);
        Membership held = memberships.get(key);
        memberships.put(
                key,
                held == null
                        ? new Membership(sockets.join(ifIndex, group), 1)
                        : new Membership(held.slot(), held.count() + 1));
    }

    /**
     * Counts one less, and leaves with the last. Leaving what was not joined does nothing; that the interface is gone is
     * no error.
     *
     * @param ifIndex the index it was joined with
     * @param group the group
     * @throws LinuxException if the kernel refuses
     */
    public synchronized void leave(int ifIndex, Ip group) throws LinuxException {
        check(group);
        Key key = new Key(ifIndex, group);
        Membership held = memberships.get(key);
        if (held == null) {
            return;
        }
        if (held.count() > 1) {
            memberships.put(key, new Membership(held.slot(), held.count() - 1));
            return;
        }
        memberships.remove(key);
        sockets.leave(held.slot(), ifIndex, group);
    }

    private static void check(Ip group) {
        if (group.family() != IpFamily.IPV6 || !group.isMulticast()) {
            throw new IllegalArgumentException("not an IPv6 multicast group: " + group);
        }
    }

    /** Leaves everything. */
    @Override
    public synchronized void close() {
        memberships.clear();
        sockets.close();
    }
}
