package dev.clarion.linux.wire;

import dev.clarion.net.Ip;
import dev.clarion.net.Mac;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One message of the kernel's, reduced to what this module uses. */
public sealed interface NetlinkMessage {

    /** The sequence number of the request it answers; 0 for an event. */
    int sequence();

    /**
     * A link as it is now (RTM_NEWLINK) or was (RTM_DELLINK).
     *
     * @param sequence see {@link #sequence()}
     * @param deleted whether it is gone
     * @param interrupted the dump it belongs to is inconsistent, because something changed meanwhile (NLM_F_DUMP_INTR)
     * @param index the kernel's index
     * @param flags IFF_... of netdevice(7)
     * @param name its name; empty if the message has none
     * @param mac its address, if it has one of six bytes
     * @param master the index of the bridge, bond or VRF it belongs to
     * @param kind what kind of device it is (IFLA_INFO_KIND: bridge, bond, vlan, veth, ...); empty for hardware
     * @param slaveKind of which kind its master is (IFLA_INFO_SLAVE_KIND); empty if it has none
     * @param notifyPeers whether the kernel asks for announcements: a bond failed over, or a machine was migrated
     */
    record LinkMessage(
            int sequence,
            boolean deleted,
            boolean interrupted,
            int index,
            int flags,
            String name,
            Optional<Mac> mac,
            OptionalInt master,
            String kind,
            String slaveKind,
            boolean notifyPeers)
            implements NetlinkMessage {

        private static final int UP = 0x1;
        private static final int BROADCAST = 0x2;
        private static final int LOOPBACK = 0x8;
        private static final int NO_ARP = 0x80;
        private static final int LOWER_UP = 0x1_0000;

        /** Administratively up. */
        public boolean up() {
            return (flags & UP) != 0;
        }

        /** Up, and the driver has a signal. */
        public boolean carrier() {
            return (flags & LOWER_UP) != 0;
        }

        /** The loopback interface. */
        public boolean loopback() {
            return (flags & LOOPBACK) != 0;
        }

        /** An interface that can reach all hosts of its link at once. */
        public boolean broadcast() {
            return (flags & BROADCAST) != 0;
        }

        /** An interface without ARP. */
        public boolean noArp() {
            return (flags & NO_ARP) != 0;
        }
    }

    /**
     * An address of an interface (RTM_NEWADDR, RTM_DELADDR).
     *
     * @param sequence see {@link #sequence()}
     * @param deleted whether it is gone
     * @param interrupted the dump it belongs to is inconsistent
     * @param index the index of the interface
     * @param address the interface's own address (not that of a peer)
     * @param prefixLength 0 to 32 or 128
     */
    record AddressMessage(int sequence, boolean deleted, boolean interrupted, int index, Ip address, int prefixLength)
            implements NetlinkMessage {}

    /**
     * A default route for unicast, in whatever table (RTM_NEWROUTE, RTM_DELROUTE). Other routes are {@link Other}.
     *
     * @param sequence see {@link #sequence()}
     * @param deleted whether it is gone
     * @param interrupted the dump it belongs to is inconsistent
     * @param hops its next hops that have an address; several where the load is shared
     */
    record DefaultRoute(int sequence, boolean deleted, boolean interrupted, List<NextHop> hops)
            implements NetlinkMessage {

        /** Copies, so the message never changes. */
        public DefaultRoute {
            hops = List.copyOf(hops);
        }
    }

    /**
     * A next hop of a route.
     *
     * @param index the index of the interface
     * @param gateway the router
     */
    record NextHop(int index, Ip gateway) {}

    /**
     * The end of a dump (NLMSG_DONE).
     *
     * @param sequence see {@link #sequence()}
     * @param interrupted the dump is inconsistent
     */
    record Done(int sequence, boolean interrupted) implements NetlinkMessage {}

    /**
     * A refusal (NLMSG_ERROR).
     *
     * @param sequence see {@link #sequence()}
     * @param errno a number of errno(3), or 0 for an acknowledgement
     */
    record Failure(int sequence, int errno) implements NetlinkMessage {}

    /**
     * A message of a kind that is not read here.
     *
     * @param sequence see {@link #sequence()}
     * @param type its type
     */
    record Other(int sequence, int type) implements NetlinkMessage {}
}
